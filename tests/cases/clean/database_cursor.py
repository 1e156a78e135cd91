import logging
import sys

logger = logging.getLogger(__name__)


def connect():
    try:
        import pymysql
        return pymysql.connect(host="x")
    except Exception as error:
        logger.error(error)
        sys.exit(1)


def lambda_handler(event, context):
    connection = connect()
    with connection.cursor() as cursor:
        cursor.execute("select 1")
        return {"rows": cursor.fetchall()}
