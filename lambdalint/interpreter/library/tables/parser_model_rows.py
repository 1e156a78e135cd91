"""The fields of the models of Powertools' parser, and where they are in the event.

scripts/parser_models.py wrote them down.
A line is a model and what it has: `name[key]`, where it may be None `name[key]?`, with `str`, `dict` or `list` for what
is left as it was sent, `=Model`, `+Model` for a list of them, `->type` for what pydantic makes of it. Of the versions
1.31.1, 2.0.0, 2.15.0, 2.30.2, 2.43.1, 3.0.0, 3.10.0, 3.20.0, 3.37.0.
"""

from __future__ import annotations

ROWS = """
APIGatewayEventAuthorizer: claims[claims]?dict scopes[scopes]?list
APIGatewayEventIdentity: accessKey[accessKey]?str accountId[accountId]?str apiKeyId[apiKeyId]?str apiKey[apiKey]?str
 caller[caller]?str clientCert[clientCert]?=ApiGatewayUserCert
 cognitoAuthenticationProvider[cognitoAuthenticationProvider]?str
 cognitoAuthenticationType[cognitoAuthenticationType]?str cognitoIdentityId[cognitoIdentityId]?str
 cognitoIdentityPoolId[cognitoIdentityPoolId]?str principalOrgId[principalOrgId]?str sourceIp userAgent[userAgent]?str
 userArn[userArn]?str user[user]?str
APIGatewayEventRequestContext: accountId[accountId]str apiId[apiId]str authorizer[authorizer]?=APIGatewayEventAuthorizer
 check_message_id connectedAt[connectedAt]?->datetime.datetime connectionId[connectionId]?str domainName[domainName]?str
 domainPrefix[domainPrefix]?str eventType[eventType]?str extendedRequestId[extendedRequestId]?str
 httpMethod[httpMethod]str identity[identity]=APIGatewayEventIdentity messageDirection[messageDirection]?str
 messageId[messageId]?str operationName[operationName]?str path[path]str protocol[protocol]str requestId[requestId]str
 requestTimeEpoch[requestTimeEpoch]->datetime.datetime requestTime[requestTime]str resourceId[resourceId]?str
 resourcePath[resourcePath]str routeKey[routeKey]?str stage[stage]str
APIGatewayProxyEventModel: body[body]?str headers[headers]dict httpMethod[httpMethod]str
 isBase64Encoded[isBase64Encoded]?->bool multiValueHeaders[multiValueHeaders]dict
 multiValueQueryStringParameters[multiValueQueryStringParameters]?dict pathParameters[pathParameters]?dict path[path]str
 queryStringParameters[queryStringParameters]?dict requestContext[requestContext]=APIGatewayEventRequestContext
 resource[resource]str stageVariables[stageVariables]?dict version[version]?str
APIGatewayProxyEventV2Model: body[body]?str cookies[cookies]?list headers[headers]dict
 isBase64Encoded[isBase64Encoded]?->bool pathParameters[pathParameters]?dict
 queryStringParameters[queryStringParameters]?dict rawPath[rawPath]str rawQueryString[rawQueryString]str
 requestContext[requestContext]=RequestContextV2 routeKey[routeKey]str stageVariables[stageVariables]?dict
 version[version]str
APIGatewayWebSocketConnectEventModel: headers[headers]dict is_base64_encoded[isBase64Encoded]->bool
 multi_value_headers[multiValueHeaders]dict
 request_context[requestContext]=APIGatewayWebSocketConnectEventRequestContext
APIGatewayWebSocketConnectEventRequestContext: api_id[apiId]str connected_at[connectedAt]->datetime.datetime
 connection_id[connectionId]str domain_name[domainName]str event_type[eventType]str
 extended_request_id[extendedRequestId]str identity[identity]=APIGatewayWebSocketEventIdentity
 message_direction[messageDirection]str request_id[requestId]str request_time[requestTime]str
 request_time_epoch[requestTimeEpoch]->datetime.datetime route_key[routeKey]str stage[stage]str
APIGatewayWebSocketDisconnectEventModel: headers[headers]dict is_base64_encoded[isBase64Encoded]->bool
 multi_value_headers[multiValueHeaders]dict
 request_context[requestContext]=APIGatewayWebSocketDisconnectEventRequestContext
APIGatewayWebSocketDisconnectEventRequestContext: api_id[apiId]str connected_at[connectedAt]->datetime.datetime
 connection_id[connectionId]str disconnect_reason[disconnectReason]str disconnect_status_code[disconnectStatusCode]->int
 domain_name[domainName]str event_type[eventType]str extended_request_id[extendedRequestId]str
 identity[identity]=APIGatewayWebSocketEventIdentity message_direction[messageDirection]str request_id[requestId]str
 request_time[requestTime]str request_time_epoch[requestTimeEpoch]->datetime.datetime route_key[routeKey]str
 stage[stage]str
APIGatewayWebSocketEventIdentity: source_ip user_agent[userAgent]?str
APIGatewayWebSocketEventRequestContextBase: api_id[apiId]str connected_at[connectedAt]->datetime.datetime
 connection_id[connectionId]str domain_name[domainName]str extended_request_id[extendedRequestId]str
 identity[identity]=APIGatewayWebSocketEventIdentity request_id[requestId]str request_time[requestTime]str
 request_time_epoch[requestTimeEpoch]->datetime.datetime stage[stage]str
APIGatewayWebSocketMessageEventModel: body[body]?str is_base64_encoded[isBase64Encoded]->bool
 request_context[requestContext]=APIGatewayWebSocketMessageEventRequestContext
APIGatewayWebSocketMessageEventRequestContext: api_id[apiId]str connected_at[connectedAt]->datetime.datetime
 connection_id[connectionId]str domain_name[domainName]str event_type[eventType]str
 extended_request_id[extendedRequestId]str identity[identity]=APIGatewayWebSocketEventIdentity
 message_direction[messageDirection]str message_id[messageId]str request_id[requestId]str request_time[requestTime]str
 request_time_epoch[requestTimeEpoch]->datetime.datetime route_key[routeKey]str stage[stage]str
AlbModel: body[body]str headers[headers]dict httpMethod[httpMethod]str isBase64Encoded[isBase64Encoded]->bool
 path[path]str queryStringParameters[queryStringParameters]dict requestContext[requestContext]=AlbRequestContext
AlbRequestContext: elb[elb]=AlbRequestContextData
AlbRequestContextData: targetGroupArn[targetGroupArn]str
ApiGatewayAuthorizerRequest: body[body]?str headers[headers]dict httpMethod[httpMethod]str
 isBase64Encoded[isBase64Encoded]?->bool methodArn[methodArn]str multiValueHeaders[multiValueHeaders]dict
 multiValueQueryStringParameters[multiValueQueryStringParameters]?dict pathParameters[pathParameters]?dict path[path]str
 queryStringParameters[queryStringParameters]?dict requestContext[requestContext]=APIGatewayEventRequestContext
 resource[resource]str stageVariables[stageVariables]?dict type[type]str version[version]?str
ApiGatewayAuthorizerRequestV2: body[body]?str cookies[cookies]?list headers[headers]dict
 identitySource[identitySource]?list isBase64Encoded[isBase64Encoded]?->bool pathParameters[pathParameters]?dict
 queryStringParameters[queryStringParameters]?dict rawPath[rawPath]str rawQueryString[rawQueryString]str
 requestContext[requestContext]=RequestContextV2 routeArn[routeArn]str routeKey[routeKey]str
 stageVariables[stageVariables]?dict type[type]str version[version]str
ApiGatewayAuthorizerToken: authorizationToken[authorizationToken]str methodArn[methodArn]str type[type]str
ApiGatewayUserCert: clientCertPem[clientCertPem]str issuerDN[issuerDN]str serialNumber[serialNumber]str
 subjectDN[subjectDN]str validity[validity]=ApiGatewayUserCertValidity
ApiGatewayUserCertValidity: notAfter[notAfter]str notBefore[notBefore]str
AppSyncCognitoIdentity: claims[claims]dict defaultAuthStrategy[defaultAuthStrategy]str groups[groups]?list
 issuer[issuer]str sourceIp[sourceIp]list sub[sub]str username[username]str
AppSyncEventsEventModel: id[id]str payload[payload]dict
AppSyncEventsInfoChannelModel: path[path]str segments[segments]list
AppSyncEventsInfoChannelNamespaceModel: name[name]str
AppSyncEventsInfoModel: channelNamespace[channelNamespace]=AppSyncEventsInfoChannelNamespaceModel
 channel[channel]=AppSyncEventsInfoChannelModel operation[operation]str
AppSyncEventsModel: events[events]?+AppSyncEventsEventModel identity info[info]=AppSyncEventsInfoModel
 outErrors[outErrors]?list prev[prev]?str request[request]=AppSyncRequestModel stash[stash]?dict
AppSyncIamIdentity: accountId[accountId]str cognitoIdentityAuthProvider[cognitoIdentityAuthProvider]?str
 cognitoIdentityAuthType[cognitoIdentityAuthType]?str cognitoIdentityId[cognitoIdentityId]?str
 cognitoIdentityPoolId[cognitoIdentityPoolId]?str sourceIp[sourceIp]list userArn[userArn]str username[username]str
AppSyncInfoModel: fieldName[fieldName]str parentTypeName[parentTypeName]str selectionSetGraphQL[selectionSetGraphQL]str
 selectionSetList[selectionSetList]list variables[variables]dict
AppSyncLambdaIdentity: resolverContext[resolverContext]dict
AppSyncOidcIdentity: claims[claims]dict issuer[issuer]str sub[sub]str
AppSyncPrevModel: result[result]dict
AppSyncRequestModel: domainName[domainName]?str headers[headers]dict
AppSyncResolverEventModel: arguments[arguments]dict identity info[info]=AppSyncInfoModel prev[prev]?=AppSyncPrevModel
 request[request]=AppSyncRequestModel source[source]?dict stash[stash]dict
BedrockAgentEventModel: action_group[actionGroup]str agent[agent]=BedrockAgentModel api_path[apiPath]str
 http_method[httpMethod]str input_text[inputText]str message_version[messageVersion]str
 parameters[parameters]?+BedrockAgentPropertyModel prompt_session_attributes
 request_body[requestBody]?=BedrockAgentRequestBodyModel session_attributes session_id[sessionId]str
BedrockAgentFunctionEventModel: action_group[actionGroup]str agent[agent]=BedrockAgentModel function[function]str
 input_text[inputText]str message_version[messageVersion]str parameters[parameters]?+BedrockAgentPropertyModel
 prompt_session_attributes session_attributes session_id[sessionId]str
BedrockAgentModel: alias[alias]str id_[id]str name[name]str version[version]str
BedrockAgentPropertyModel: name[name]str type_[type]str value[value]str
BedrockAgentRequestBodyModel: content
BedrockAgentRequestMediaModel: properties[properties]+BedrockAgentPropertyModel
CloudFormationCustomResourceBaseModel: logical_resource_id[LogicalResourceId]str request_id[RequestId]str
 request_type[RequestType]str resource_properties[ResourceProperties]?dict resource_type[ResourceType]str response_url
 service_token[ServiceToken]str stack_id[StackId]str
CloudFormationCustomResourceCreateModel: logical_resource_id[LogicalResourceId]str request_id[RequestId]str
 request_type[RequestType]str resource_properties[ResourceProperties]?dict resource_type[ResourceType]str response_url
 service_token[ServiceToken]str stack_id[StackId]str
CloudFormationCustomResourceDeleteModel: logical_resource_id[LogicalResourceId]str
 physical_resource_id[PhysicalResourceId]str request_id[RequestId]str request_type[RequestType]str
 resource_properties[ResourceProperties]?dict resource_type[ResourceType]str response_url service_token[ServiceToken]str
 stack_id[StackId]str
CloudFormationCustomResourceUpdateModel: logical_resource_id[LogicalResourceId]str
 old_resource_properties[OldResourceProperties]?dict physical_resource_id[PhysicalResourceId]str
 request_id[RequestId]str request_type[RequestType]str resource_properties[ResourceProperties]?dict
 resource_type[ResourceType]str response_url service_token[ServiceToken]str stack_id[StackId]str
CloudWatchLogsData: decoded_data prepare_data
CloudWatchLogsDecode: logEvents[logEvents]+CloudWatchLogsLogEvent logGroup[logGroup]str logStream[logStream]str
 messageType[messageType]str owner[owner]str policyLevel[policyLevel]?str subscriptionFilters[subscriptionFilters]list
CloudWatchLogsLogEvent: id[id]str message[message]str timestamp[timestamp]->datetime.datetime
CloudWatchLogsModel: awslogs[awslogs]=CloudWatchLogsData
CognitoAuthChallengeRequestModel: clientMetadata[clientMetadata]?dict session[session]+CognitoChallengeResultModel
 userAttributes[userAttributes]dict userNotFound[userNotFound]?->bool
CognitoCallerContextModel: awsSdkVersion[awsSdkVersion]str clientId[clientId]str
CognitoChallengeResultModel: challengeMetadata[challengeMetadata]?str challengeName[challengeName]str
 challengeResult[challengeResult]->bool
CognitoCreateAuthChallengeResponseModel: challengeMetadata[challengeMetadata]?str
 privateChallengeParameters[privateChallengeParameters]?dict publicChallengeParameters[publicChallengeParameters]?dict
CognitoCreateAuthChallengeTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoAuthChallengeRequestModel response[response]=CognitoCreateAuthChallengeResponseModel
 triggerSource[triggerSource]str userName[userName]?str userPoolId[userPoolId]str version[version]str
CognitoCustomEmailSMSSenderRequestModel: clientMetadata[clientMetadata]?dict code[code]str type[type]str
 userAttributes[userAttributes]dict
CognitoCustomEmailSenderTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoCustomEmailSMSSenderRequestModel triggerSource[triggerSource]str userName[userName]?str
 userPoolId[userPoolId]str version[version]str
CognitoCustomMessageRequestModel: clientMetadata[clientMetadata]?dict codeParameter[codeParameter]str
 linkParameter[linkParameter]?str userAttributes[userAttributes]dict usernameParameter[usernameParameter]?str
CognitoCustomMessageResponseModel: emailMessage[emailMessage]?str emailSubject[emailSubject]?str
 smsMessage[smsMessage]?str
CognitoCustomMessageTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoCustomMessageRequestModel response[response]=CognitoCustomMessageResponseModel
 triggerSource[triggerSource]str userName[userName]?str userPoolId[userPoolId]str version[version]str
CognitoCustomSMSSenderTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoCustomEmailSMSSenderRequestModel triggerSource[triggerSource]str userName[userName]?str
 userPoolId[userPoolId]str version[version]str
CognitoDefineAuthChallengeResponseModel: challengeName[challengeName]?str failAuthentication[failAuthentication]?->bool
 issueTokens[issueTokens]?->bool
CognitoDefineAuthChallengeTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoAuthChallengeRequestModel response[response]=CognitoDefineAuthChallengeResponseModel
 triggerSource[triggerSource]str userName[userName]?str userPoolId[userPoolId]str version[version]str
CognitoGroupConfigurationModel: groupsToOverride[groupsToOverride]list iamRolesToOverride[iamRolesToOverride]list
 preferredRole[preferredRole]?str
CognitoMigrateUserRequestModel: clientMetadata[clientMetadata]?dict password[password]str
 validationData[validationData]?dict
CognitoMigrateUserResponseModel: desiredDeliveryMediums[desiredDeliveryMediums]?list enableSMSMFA[enableSMSMFA]?->bool
 finalUserStatus[finalUserStatus]?str forceAliasCreation[forceAliasCreation]?->bool messageAction[messageAction]?str
 userAttributes[userAttributes]?dict
CognitoMigrateUserTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoMigrateUserRequestModel response[response]=CognitoMigrateUserResponseModel
 triggerSource[triggerSource]str userName[userName]str userPoolId[userPoolId]str version[version]str
CognitoPostAuthenticationRequestModel: clientMetadata[clientMetadata]?dict newDeviceUsed[newDeviceUsed]?->bool
 userAttributes[userAttributes]dict
CognitoPostAuthenticationTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoPostAuthenticationRequestModel response triggerSource[triggerSource]str userName[userName]?str
 userPoolId[userPoolId]str version[version]str
CognitoPostConfirmationRequestModel: clientMetadata[clientMetadata]?dict userAttributes[userAttributes]dict
CognitoPostConfirmationTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoPostConfirmationRequestModel response triggerSource[triggerSource]str userName[userName]?str
 userPoolId[userPoolId]str version[version]str
CognitoPreAuthenticationRequestModel: userAttributes[userAttributes]dict userNotFound[userNotFound]?->bool
 validationData[validationData]?dict
CognitoPreAuthenticationTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoPreAuthenticationRequestModel response triggerSource[triggerSource]str userName[userName]?str
 userPoolId[userPoolId]str version[version]str
CognitoPreSignupRequestModel: clientMetadata[clientMetadata]?dict userAttributes[userAttributes]dict
 userNotFound[userNotFound]?->bool validationData[validationData]?dict
CognitoPreSignupResponseModel: autoConfirmUser autoVerifyEmail autoVerifyPhone
CognitoPreSignupTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoPreSignupRequestModel response[response]=CognitoPreSignupResponseModel
 triggerSource[triggerSource]str userName[userName]?str userPoolId[userPoolId]str version[version]str
CognitoPreTokenGenerationRequestModel: clientMetadata[clientMetadata]?dict
 groupConfiguration[groupConfiguration]=CognitoGroupConfigurationModel userAttributes[userAttributes]dict
CognitoPreTokenGenerationRequestModelV2AndV3: clientMetadata[clientMetadata]?dict
 groupConfiguration[groupConfiguration]=CognitoGroupConfigurationModel scopes[scopes]?dict
 userAttributes[userAttributes]dict
CognitoPreTokenGenerationTriggerModelV1: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoPreTokenGenerationRequestModel response triggerSource[triggerSource]str userName[userName]?str
 userPoolId[userPoolId]str version[version]str
CognitoPreTokenGenerationTriggerModelV2AndV3: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoPreTokenGenerationRequestModelV2AndV3 response userName[userName]?str userPoolId[userPoolId]str
 version[version]str
CognitoTriggerBaseSchema: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 userName[userName]?str userPoolId[userPoolId]str version[version]str
CognitoVerifyAuthChallengeRequestModel: challengeAnswer[challengeAnswer]str clientMetadata[clientMetadata]?dict
 privateChallengeParameters[privateChallengeParameters]dict userAttributes[userAttributes]dict
 userNotFound[userNotFound]?->bool
CognitoVerifyAuthChallengeResponseModel: answerCorrect[answerCorrect]->bool
CognitoVerifyAuthChallengeTriggerModel: callerContext[callerContext]=CognitoCallerContextModel region[region]str
 request[request]=CognitoVerifyAuthChallengeRequestModel response[response]=CognitoVerifyAuthChallengeResponseModel
 triggerSource[triggerSource]str userName[userName]?str userPoolId[userPoolId]str version[version]str
DynamoDBStreamChangedRecordModel: ApproximateCreationDateTime Keys NewImage OldImage SequenceNumber[SequenceNumber]str
 SizeBytes[SizeBytes]->int StreamViewType[StreamViewType]str deserialize_field
DynamoDBStreamModel: Records[Records]+DynamoDBStreamRecordModel
DynamoDBStreamRecordModel: awsRegion[awsRegion]str dynamodb[dynamodb]=DynamoDBStreamChangedRecordModel
 eventID[eventID]str eventName[eventName]str eventSourceARN[eventSourceARN]str eventSource[eventSource]str
 eventVersion[eventVersion]->float userIdentity[userIdentity]?=UserIdentity
EventBridgeModel: account[account]str detail detail_type[detail-type]?str id[id]str model_config region[region]str
 replay_name[replay-name]?str resources[resources]list source[source]str time[time]->datetime.datetime validate_detail
 version[version]str
IoTCoreAddOrDeleteFromThingGroupEvent: account_id[accountId]str child_group_id[childGroupId]str
 child_group_name[childGroupName]str event_id[eventId]str event_type[eventType]str operation
 thing_group_id[thingGroupId]str thing_group_name[thingGroupName]str timestamp[timestamp]->datetime.datetime
IoTCoreAddOrRemoveFromThingGroupEvent: account_id[accountId]str event_id[eventId]str event_type[eventType]str
 group_arn[groupArn]str group_id[groupId]str membership_id[membershipId]str operation thing_arn[thingArn]str
 thing_id[thingId]str timestamp[timestamp]->datetime.datetime
IoTCoreRegistryEventsBase: event_id[eventId]str timestamp[timestamp]->datetime.datetime
IoTCoreThingEvent: account_id[accountId]str attributes[attributes]dict event_id[eventId]str event_type[eventType]str
 operation thing_id[thingId]str thing_name[thingName]str thing_type_name[thingTypeName]?str
 timestamp[timestamp]->datetime.datetime version_number[versionNumber]->int
IoTCoreThingGroupEvent: account_id[accountId]str attributes[attributes]dict description[description]str
 dynamic_group_mapping_id[dynamicGroupMappingId]?str event_id[eventId]str event_type[eventType]str operation
 parent_group_id[parentGroupId]?str parent_group_name[parentGroupName]?str root_to_parent_thing_groups
 thing_group_id[thingGroupId]str thing_group_name[thingGroupName]str timestamp[timestamp]->datetime.datetime
 version_number[versionNumber]->int
IoTCoreThingTypeAssociationEvent: event_id[eventId]str event_type[eventType]str operation thing_id[thingId]str
 thing_name[thingName]str thing_type_name[thingTypeName]str timestamp[timestamp]->datetime.datetime
IoTCoreThingTypeEvent: account_id[accountId]str deprecation_date[deprecationDate]?->datetime.datetime
 description[description]str event_id[eventId]str event_type[eventType]str is_deprecated[isDeprecated]->bool operation
 propagating_attributes searchable_attributes[searchableAttributes]list thing_type_id[thingTypeId]str
 thing_type_name[thingTypeName]str timestamp[timestamp]->datetime.datetime
KafkaBaseEventModel: bootstrapServers records split_servers
KafkaMskEventModel: bootstrapServers eventSourceArn[eventSourceArn]str eventSource[eventSource]str records split_servers
KafkaRecordModel: data_base64_decode decode_headers_list decode_key headers key
 keySchemaMetadata[keySchemaMetadata]?=KafkaRecordSchemaMetadata offset[offset]->int partition[partition]->int
 timestampType[timestampType]str timestamp[timestamp]->datetime.datetime topic[topic]str value
 valueSchemaMetadata[valueSchemaMetadata]?=KafkaRecordSchemaMetadata
KafkaRecordSchemaMetadata: dataFormat[dataFormat]str schemaId[schemaId]str
KafkaSelfManagedEventModel: bootstrapServers eventSource[eventSource]str records split_servers
KinesisDataStreamModel: Records[Records]+KinesisDataStreamRecord
KinesisDataStreamRecord: awsRegion[awsRegion]str decompress_zlib_record_data_as_json eventID[eventID]str
 eventName[eventName]str eventSourceARN[eventSourceARN]str eventSource[eventSource]str eventVersion[eventVersion]str
 invokeIdentityArn[invokeIdentityArn]str kinesis[kinesis]=KinesisDataStreamRecordPayload
KinesisDataStreamRecordPayload: approximateArrivalTimestamp[approximateArrivalTimestamp]->float data data_base64_decode
 kinesisSchemaVersion[kinesisSchemaVersion]str partitionKey[partitionKey]str sequenceNumber[sequenceNumber]str
KinesisFirehoseModel: deliveryStreamArn[deliveryStreamArn]str invocationId[invocationId]str
 records[records]+KinesisFirehoseRecord region[region]str sourceKinesisStreamArn[sourceKinesisStreamArn]?str
KinesisFirehoseRecord: approximateArrivalTimestamp[approximateArrivalTimestamp]->int data data_base64_decode
 kinesisRecordMetadata[kinesisRecordMetadata]?=KinesisFirehoseRecordMetadata recordId[recordId]str
KinesisFirehoseRecordMetadata: approximateArrivalTimestamp[approximateArrivalTimestamp]->int
 partitionKey[partitionKey]str sequenceNumber[sequenceNumber]str shardId[shardId]str subsequenceNumber
KinesisFirehoseSqsModel: deliveryStreamArn[deliveryStreamArn]str invocationId[invocationId]str
 records[records]+KinesisFirehoseSqsRecord region[region]str sourceKinesisStreamArn[sourceKinesisStreamArn]?str
KinesisFirehoseSqsRecord: approximateArrivalTimestamp[approximateArrivalTimestamp]->int data data_base64_decode
 kinesisRecordMetadata[kinesisRecordMetadata]?=KinesisFirehoseRecordMetadata recordId[recordId]str
LambdaFunctionUrlModel: body[body]?str cookies[cookies]?list headers[headers]dict
 isBase64Encoded[isBase64Encoded]?->bool pathParameters[pathParameters]?dict
 queryStringParameters[queryStringParameters]?dict rawPath[rawPath]str rawQueryString[rawQueryString]str
 requestContext[requestContext]=RequestContextV2 routeKey[routeKey]str stageVariables[stageVariables]?dict
 version[version]str
RequestContextV2: accountId[accountId]str apiId[apiId]str authorizer[authorizer]?=RequestContextV2Authorizer
 domainName[domainName]str domainPrefix[domainPrefix]str http[http]=RequestContextV2Http requestId[requestId]str
 routeKey[routeKey]str stage[stage]str timeEpoch[timeEpoch]->datetime.datetime time[time]str
RequestContextV2Authorizer: iam[iam]?=RequestContextV2AuthorizerIam jwt[jwt]?=RequestContextV2AuthorizerJwt
 lambda_value[lambda]?dict
RequestContextV2AuthorizerIam: accessKey[accessKey]?str accountId[accountId]?str callerId[callerId]?str
 cognitoIdentity[cognitoIdentity]?=RequestContextV2AuthorizerIamCognito principalOrgId[principalOrgId]?str
 userArn[userArn]?str userId[userId]?str
RequestContextV2AuthorizerIamCognito: amr[amr]list identityId[identityId]str identityPoolId[identityPoolId]str
RequestContextV2AuthorizerJwt: claims[claims]dict scopes[scopes]?list
RequestContextV2Http: method[method]str path[path]str protocol[protocol]str sourceIp userAgent[userAgent]str
S3BatchOperationJobModel: id[id]str userArguments[userArguments]?dict
S3BatchOperationModel: invocationId[invocationId]str invocationSchemaVersion[invocationSchemaVersion]str
 job[job]=S3BatchOperationJobModel tasks[tasks]+S3BatchOperationTaskModel
S3BatchOperationTaskModel: s3Bucket s3BucketArn s3Key s3VersionId taskId validate_bucket validate_s3bucket
S3Bucket: arn[arn]str name[name]str ownerIdentity[ownerIdentity]=S3OwnerIdentify
S3EventNotificationEventBridgeBucketModel: name[name]str
S3EventNotificationEventBridgeDetailModel: bucket[bucket]=S3EventNotificationEventBridgeBucketModel
 deletion_type[deletion-type]?str destination_access_tier[destination-access-tier]?str
 destination_storage_class[destination-storage-class]?str object[object]=S3EventNotificationObjectModel
 reason[reason]?str request_id[request-id]?str requester[requester]str restore_expiry_time[restore-expiry-time]?str
 source_ip_address[source-ip-address]?str source_storage_class[source-storage-class]?str version[version]str
S3EventNotificationEventBridgeModel: account[account]str detail[detail]=S3EventNotificationEventBridgeDetailModel
 detail_type[detail-type]?str id[id]str model_config region[region]str replay_name[replay-name]?str
 resources[resources]list source[source]str time[time]->datetime.datetime validate_detail version[version]str
S3EventNotificationObjectModel: etag key[key]str sequencer[sequencer]?str size[size]?->float version_id[version-id]?str
S3EventRecordGlacierEventData: restoreEventData[restoreEventData]=S3EventRecordGlacierRestoreEventData
S3EventRecordGlacierRestoreEventData: lifecycleRestorationExpiryTime[lifecycleRestorationExpiryTime]->datetime.datetime
 lifecycleRestoreStorageClass[lifecycleRestoreStorageClass]str
S3EventRecordIntelligentTieringEventData: destinationAccessTier[destinationAccessTier]str
S3Identity: principalId[principalId]str
S3Message: bucket[bucket]=S3Bucket configurationId[configurationId]str get_object[get_object]?=S3Object
 object[object]?=S3Object s3SchemaVersion[s3SchemaVersion]str
S3Model: Records[Records]+S3RecordModel
S3Object: eTag[eTag]?str key[key]str sequencer[sequencer]?str size[size]?->float versionId[versionId]?str
S3ObjectConfiguration: accessPointArn[accessPointArn]str payload[payload]str
 supportingAccessPointArn[supportingAccessPointArn]str
S3ObjectContext: inputS3Url outputRoute[outputRoute]str outputToken[outputToken]str
S3ObjectLambdaEvent: configuration[configuration]=S3ObjectConfiguration
 getObjectContext[getObjectContext]=S3ObjectContext protocolVersion[protocolVersion]str
 userIdentity[userIdentity]=S3ObjectUserIdentity userRequest[userRequest]=S3ObjectUserRequest
 xAmzRequestId[xAmzRequestId]str
S3ObjectSessionAttributes: creationDate[creationDate]str mfaAuthenticated[mfaAuthenticated]->bool
S3ObjectSessionContext: attributes[attributes]=S3ObjectSessionAttributes
 sessionIssuer[sessionIssuer]=S3ObjectSessionIssuer
S3ObjectSessionIssuer: accountId[accountId]str arn[arn]str principalId[principalId]str type[type]str
 userName[userName]?str
S3ObjectUserIdentity: accessKeyId[accessKeyId]str accountId[accountId]str arn[arn]str principalId[principalId]str
 sessionContext[sessionContext]?=S3ObjectSessionContext type[type]str userName[userName]?str
S3ObjectUserRequest: headers[headers]dict url[url]str
S3OwnerIdentify: principalId[principalId]str
S3RecordModel: awsRegion[awsRegion]str eventName[eventName]str eventSource eventTime[eventTime]->datetime.datetime
 eventVersion[eventVersion]str glacierEventData[glacierEventData]?=S3EventRecordGlacierEventData
 intelligentTieringEventData[intelligentTieringEventData]?=S3EventRecordIntelligentTieringEventData
 requestParameters[requestParameters]=S3RequestParameters responseElements[responseElements]=S3ResponseElements
 s3[s3]=S3Message userIdentity[userIdentity]=S3Identity validate_s3_object
S3RequestParameters: sourceIPAddress
S3ResponseElements: x_amz_id_2[x-amz-id-2]?str x_amz_request_id[x-amz-request-id]?str
S3SqsEventNotificationModel: Records[Records]+S3SqsEventNotificationRecordModel
S3SqsEventNotificationRecordModel: attributes[attributes]=SqsAttributesModel awsRegion[awsRegion]str body
 eventSourceARN[eventSourceARN]str eventSource[eventSource]str md5OfBody[md5OfBody]str
 md5OfMessageAttributes[md5OfMessageAttributes]?str messageAttributes messageId[messageId]str
 receiptHandle[receiptHandle]str
SesMail: commonHeaders[commonHeaders]=SesMailCommonHeaders destination headersTruncated[headersTruncated]->bool
 headers[headers]+SesMailHeaders messageId[messageId]str source timestamp[timestamp]->datetime.datetime
SesMailCommonHeaders: bcc[bcc]?list cc[cc]?list date[date]str header_from[from]?list messageId[messageId]str reply_to
 returnPath sender[sender]?list subject[subject]str to[to]list
SesMailHeaders: name[name]str value[value]str
SesMessage: mail[mail]=SesMail receipt[receipt]=SesReceipt
SesModel: Records[Records]+SesRecordModel
SesReceipt: action[action]=SesReceiptAction dmarcVerdict[dmarcVerdict]=SesReceiptVerdict
 processingTimeMillis[processingTimeMillis]->int recipients spamVerdict[spamVerdict]=SesReceiptVerdict
 spfVerdict[spfVerdict]=SesReceiptVerdict timestamp[timestamp]->datetime.datetime
 virusVerdict[virusVerdict]=SesReceiptVerdict
SesReceiptAction: functionArn[functionArn]str invocationType[invocationType]str type[type]str
SesReceiptVerdict: status[status]str
SesRecordModel: eventSource[eventSource]str eventVersion[eventVersion]str ses[ses]=SesMessage
SnsModel: Records[Records]+SnsRecordModel
SnsMsgAttributeModel: Type[Type]str Value[Value]str
SnsNotificationModel: Message MessageAttributes MessageId Signature SignatureVersion SigningCertUrl Subject Timestamp
 TopicArn Type UnsubscribeUrl check_sqs_protocol
SnsRecordModel: EventSource[EventSource]str EventSubscriptionArn[EventSubscriptionArn]str EventVersion[EventVersion]str
 Sns[Sns]=SnsNotificationModel
SqsAttributesModel: AWSTraceHeader[AWSTraceHeader]?str
 ApproximateFirstReceiveTimestamp[ApproximateFirstReceiveTimestamp]->datetime.datetime
 ApproximateReceiveCount[ApproximateReceiveCount]str DeadLetterQueueSourceArn[DeadLetterQueueSourceArn]?str
 MessageDeduplicationId[MessageDeduplicationId]?str MessageGroupId[MessageGroupId]?str SenderId[SenderId]str
 SentTimestamp[SentTimestamp]->datetime.datetime SequenceNumber[SequenceNumber]?str
SqsModel: Records[Records]+SqsRecordModel
SqsMsgAttributeModel: binaryListValues binaryValue[binaryValue]?str dataType[dataType]str stringListValues
 stringValue[stringValue]?str
SqsRecordModel: attributes[attributes]=SqsAttributesModel awsRegion[awsRegion]str body[body]str
 eventSourceARN[eventSourceARN]str eventSource[eventSource]str md5OfBody[md5OfBody]str
 md5OfMessageAttributes[md5OfMessageAttributes]?str messageAttributes messageId[messageId]str
 receiptHandle[receiptHandle]str
TransferFamilyAuthorizer: password[password]?str protocol[protocol]str server_id[serverId]str source_ip
 username[username]str
UserIdentity: principalId[principalId]str type[type]str
VpcLatticeModel: body[body]str headers[headers]dict is_base64_encoded[is_base64_encoded]->bool method[method]str
 query_string_parameters[query_string_parameters]dict raw_path[raw_path]str
VpcLatticeV2Model: body[body]?str headers[headers]dict is_base64_encoded[isBase64Encoded]?->bool method[method]str
 path[path]str query_string_parameters[queryStringParameters]?dict
 request_context[requestContext]?=VpcLatticeV2RequestContext version[version]str
VpcLatticeV2RequestContext: identity[identity]=VpcLatticeV2RequestContextIdentity region[region]str
 service_arn[serviceArn]str service_network_arn[serviceNetworkArn]str target_group_arn[targetGroupArn]str
 time_epoch[timeEpoch]->float time_epoch_as_datetime time_epoch_convert_to_miliseconds
VpcLatticeV2RequestContextIdentity: get_type[type]?str principal[principal]?str principal_org_id[principalOrgID]?str
 session_name[sessionName]?str source_vpc_arn[sourceVpcArn]?str x509_issuer_ou[X509IssuerOu]?str
 x509_san_dns[x509SanDns]?str x509_san_name_cn[X509SanNameCn]?str x509_san_uri[X509SanUri]?str
 x509_subject_cn[X509SubjectCn]?str
"""
