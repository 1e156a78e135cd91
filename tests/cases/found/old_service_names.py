import boto3


def handler(event, context):
    if event.get("unknown"):
        return boto3.client("no.such.service").describe()
    return boto3.client("runtime.sagemaker").invoke_endpoint(EndpointName="score", Body=b"{}")["Body"]  # LL202
