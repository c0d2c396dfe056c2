using System.Runtime.CompilerServices;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Delivery;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose.Records;

/// <summary>https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecord.html</summary>
internal sealed class PutRecord(IDeliveryStreams deliveries, LakeIdentity lake) : IJsonOperation
{
    public AwsService Service => AwsService.Firehose;

    public string Name => "PutRecord";

    /// <summary>A record of 1,000 KiB in base64, with room for JSON around it.</summary>
    public int BodyBytesMax => 2 << 20;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        using var put = DeliveryPutJson.Read(call.Body, isBatch: false);
        await put.AppendAsync(deliveries, lake, cancellation);
        var outcome = put.Outcomes.Span[0];
        if (outcome.Error is { } error)
        {
            throw ErrorTable.Of(AwsService.Firehose, new TarnException(error.Kind, error.Message));
        }

        call.Answer.Append("{\"RecordId\":\""u8);
        PutRecordBatchAnswer.WriteId(call.Answer, outcome);
        call.Answer.Append("\",\"Encrypted\":false}"u8);
    }
}
