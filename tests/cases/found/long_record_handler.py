"""A record handler that takes all steps there are leaves some to the handler."""

from datetime import datetime

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

processor = BatchProcessor(event_type=EventType.SQS)


def work(x):
    if x == 1:
        return 2
    elif x == 2:
        return 5
    return x


def record_handler(record):
    total = 0
    if record.json_body.get("k0"):
        total += work(record.json_body["k0"])
    if record.json_body.get("k1"):
        total += work(record.json_body["k1"])
    if record.json_body.get("k2"):
        total += work(record.json_body["k2"])
    if record.json_body.get("k3"):
        total += work(record.json_body["k3"])
    if record.json_body.get("k4"):
        total += work(record.json_body["k4"])
    if record.json_body.get("k5"):
        total += work(record.json_body["k5"])
    if record.json_body.get("k6"):
        total += work(record.json_body["k6"])
    if record.json_body.get("k7"):
        total += work(record.json_body["k7"])
    if record.json_body.get("k8"):
        total += work(record.json_body["k8"])
    if record.json_body.get("k9"):
        total += work(record.json_body["k9"])
    if record.json_body.get("k10"):
        total += work(record.json_body["k10"])
    if record.json_body.get("k11"):
        total += work(record.json_body["k11"])
    if record.json_body.get("k12"):
        total += work(record.json_body["k12"])
    if record.json_body.get("k13"):
        total += work(record.json_body["k13"])
    if record.json_body.get("k14"):
        total += work(record.json_body["k14"])
    if record.json_body.get("k15"):
        total += work(record.json_body["k15"])
    if record.json_body.get("k16"):
        total += work(record.json_body["k16"])
    if record.json_body.get("k17"):
        total += work(record.json_body["k17"])
    if record.json_body.get("k18"):
        total += work(record.json_body["k18"])
    if record.json_body.get("k19"):
        total += work(record.json_body["k19"])
    if record.json_body.get("k20"):
        total += work(record.json_body["k20"])
    if record.json_body.get("k21"):
        total += work(record.json_body["k21"])
    if record.json_body.get("k22"):
        total += work(record.json_body["k22"])
    if record.json_body.get("k23"):
        total += work(record.json_body["k23"])
    if record.json_body.get("k24"):
        total += work(record.json_body["k24"])
    if record.json_body.get("k25"):
        total += work(record.json_body["k25"])
    if record.json_body.get("k26"):
        total += work(record.json_body["k26"])
    if record.json_body.get("k27"):
        total += work(record.json_body["k27"])
    if record.json_body.get("k28"):
        total += work(record.json_body["k28"])
    if record.json_body.get("k29"):
        total += work(record.json_body["k29"])
    if record.json_body.get("k30"):
        total += work(record.json_body["k30"])
    if record.json_body.get("k31"):
        total += work(record.json_body["k31"])
    if record.json_body.get("k32"):
        total += work(record.json_body["k32"])
    if record.json_body.get("k33"):
        total += work(record.json_body["k33"])
    if record.json_body.get("k34"):
        total += work(record.json_body["k34"])
    if record.json_body.get("k35"):
        total += work(record.json_body["k35"])
    if record.json_body.get("k36"):
        total += work(record.json_body["k36"])
    if record.json_body.get("k37"):
        total += work(record.json_body["k37"])
    if record.json_body.get("k38"):
        total += work(record.json_body["k38"])
    if record.json_body.get("k39"):
        total += work(record.json_body["k39"])
    return total


def handler(event, context):
    answer = process_partial_response(event=event, record_handler=record_handler, processor=processor, context=context)
    answer["at"] = datetime.now()  # LL202
    return answer
