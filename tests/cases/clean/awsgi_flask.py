import awsgi
from flask import Flask, jsonify

app = Flask(__name__)


@app.route("/")
def index():
    return jsonify(ok=True)


def lambda_handler(event, context):
    return awsgi.response(app, event, context)
