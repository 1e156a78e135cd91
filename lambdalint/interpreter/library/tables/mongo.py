"""MongoDB by pymongo: what its collections give (library/mongo.py). What stands in a document is not known.
https://pymongo.readthedocs.io/en/stable/api/pymongo/collection.html ; pymongo 4.20 was asked on 2026-11-30.
"""

from __future__ import annotations

from lambdalint.interpreter.library.tables.rows import each

_FAILS = "raises Exception"
_MONGO, _CURSOR = "pymongo.collection.Collection", "pymongo.cursor.Cursor"
_UPDATED, _DELETED = "pymongo.results.UpdateResult", "pymongo.results.DeleteResult"
CALLS: dict[str, str] = {
    "pymongo.MongoClient.__enter__": "receiver",
    **each("pymongo.MongoClient", f"pymongo.database.Database {_FAILS}", "get_database get_default_database"),
    "pymongo.MongoClient.close": "None",
    "pymongo.database.Database.get_collection": f"{_MONGO} {_FAILS}",
    "pymongo.database.Database.list_collection_names": f"list[str] {_FAILS}",
    **each("pymongo.database.Database", f"? {_FAILS}", "command create_collection drop_collection aggregate"),
    **each(_MONGO, f"{_CURSOR} {_FAILS}", "find"),
    **each(_MONGO, f"pymongo.command_cursor.CommandCursor {_FAILS}", "aggregate list_indexes"),
    **each(_MONGO, f"dict | None {_FAILS}",
           "find_one find_one_and_update find_one_and_delete find_one_and_replace"),
    **each(_MONGO, f"int {_FAILS}", "count_documents estimated_document_count"),
    **each(_MONGO, f"{_UPDATED} {_FAILS}", "update_one update_many replace_one"),
    **each(_MONGO, f"{_DELETED} {_FAILS}", "delete_one delete_many"),
    **each(_MONGO, f"str {_FAILS}", "create_index"),
    **each(_MONGO, f"? {_FAILS}", "bulk_write distinct drop drop_index index_information watch with_options rename"),
    **each(_CURSOR, f"receiver {_FAILS}", "sort limit skip batch_size hint max_time_ms comment collation rewind"),
    **each(_CURSOR, f"list[dict] {_FAILS}", "to_list"),
    **each(_CURSOR, f"dict {_FAILS}", "next"),
    f"{_CURSOR}.close": "None",
    f"{_CURSOR}.__enter__": "receiver",
    "bson.ObjectId": f"bson.ObjectId {_FAILS}",
}  # fmt: skip

ATTRIBUTES: dict[str, str] = {
    **each(_UPDATED, "int", "matched_count modified_count"),
    **each(_UPDATED, "?", "upserted_id raw_result acknowledged"),
    f"{_DELETED}.deleted_count": "int",
    **each(_DELETED, "?", "raw_result acknowledged"),
    **each("pymongo.results.InsertOneResult", "?", "inserted_id acknowledged"),
    **each("pymongo.results.InsertManyResult", "?", "inserted_ids acknowledged"),
    "bson.ObjectId.generation_time": "datetime.datetime",
    "bson.ObjectId.binary": "bytes",
}

ELEMENTS: dict[str, str] = {
    _CURSOR: "dict",
    "pymongo.command_cursor.CommandCursor": "dict",
}
