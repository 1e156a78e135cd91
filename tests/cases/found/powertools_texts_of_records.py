from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes import SQSEvent, event_source
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

processor = BatchProcessor(event_type=EventType.SQS)


def show(record: SQSRecord):
    print(record.body.upper(), record.body[0], record.json_body["id"])
    print(record.body["id"])  # LL405


def batch_handler(event, context):
    return process_partial_response(event, show, processor, context)


@event_source(data_class=SQSEvent)
def names_handler(event: SQSEvent, context):
    for record in event.records:
        print(record.body.get("name"))  # LL405


@event_source(data_class=SQSEvent)
def partial_handler(event: SQSEvent, context):
    failed = []
    for record in event.records:
        try:
            print(record.json_body["id"])
        except KeyError:
            failed.append({"itemIdentifier": record.receipt_handle})  # LL310
    return {"batchItemFailures": failed}


@event_source(data_class=SQSEvent)
def right_handler(event: SQSEvent, context):
    failed = []
    for record in event.records:
        try:
            print(record.json_body["id"])
        except KeyError:
            failed.append({"itemIdentifier": record.message_id})
    return {"batchItemFailures": failed}
