using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Cbor;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html. The hot path: one pass over the body,
/// base64 decoded by the engine straight into the log's buffer, the answer written by hand. Not atomic: each record has
/// its own result.
/// </summary>
internal sealed class PutRecords(IStreams streams, LakeIdentity lake) : ICborOperation
{
    private const int RowBytesMax = 128;

    public AwsService Service => AwsService.Kinesis;

    public string Name => "PutRecords";

    /// <summary>10 MiB of data and keys in base64, with room for JSON around them.</summary>
    public int BodyBytesMax => 16 << 20;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask RunAsync(JsonCall call, CancellationToken cancellation)
    {
        using var request = PutRequestJson.Read(call.Body, isBatch: true);
        await PutAsync(request, cancellation);
        RateExceeded.NameAccount(request.Outcomes.Span, lake.AccountId);
        Write(call.Answer, request.Outcomes.Span);
    }

    public async ValueTask RunCborAsync(JsonCall call, CancellationToken cancellation)
    {
        using var request = PutRequestCbor.Read(call.Body, isBatch: true);
        await PutAsync(request, cancellation);
        RateExceeded.NameAccount(request.Outcomes.Span, lake.AccountId);
        PutAnswerCbor.WriteMany(call.Answer, request.Outcomes.Span);
    }

    private ValueTask PutAsync(PutRequest request, CancellationToken cancellation) =>
        streams.AppendAsync(request.Check(streams, lake), request.Entries, request.Outcomes, cancellation);

    private static void Write(PooledBuffer answer, ReadOnlySpan<AppendOutcome> outcomes)
    {
        var failed = 0;
        foreach (ref readonly var outcome in outcomes)
        {
            failed += outcome.Error is null ? 0 : 1;
        }

        answer.GetSpan(RowBytesMax * (outcomes.Length + 1)); // all at once, instead of growing again and again
        answer.Append("{\"FailedRecordCount\":"u8);
        WriteNumber(answer, (ulong)failed);
        answer.Append(",\"EncryptionType\":\"NONE\",\"Records\":["u8);
        for (var i = 0; i < outcomes.Length; i++)
        {
            if (i > 0)
            {
                answer.Append(","u8);
            }

            if (outcomes[i].Error is { } error)
            {
                WriteFailure(answer, error);
            }
            else
            {
                WriteSuccess(answer, outcomes[i]);
            }
        }

        answer.Append("]}"u8);
    }

    private static void WriteSuccess(PooledBuffer answer, in AppendOutcome outcome)
    {
        var span = answer.GetSpan(RowBytesMax + outcome.ShardId.Length);
        var length = Put(span, 0, "{\"SequenceNumber\":\""u8);
        Utf8Formatter.TryFormat(outcome.SequenceNumber.Value, span[length..], out var digits);
        length = Put(span, length + digits, "\",\"ShardId\":\""u8);
        length += Encoding.ASCII.GetBytes(outcome.ShardId, span[length..]);
        answer.Advance(Put(span, length, "\"}"u8));
    }

    private static void WriteFailure(PooledBuffer answer, AppendError error)
    {
        using var writer = new Utf8JsonWriter(answer);
        writer.WriteStartObject();
        writer.WriteString("ErrorCode", PutFailure.CodeOf(error));
        writer.WriteString("ErrorMessage", error.Message);
        writer.WriteEndObject();
    }

    private static void WriteNumber(PooledBuffer answer, ulong number)
    {
        Utf8Formatter.TryFormat(number, answer.GetSpan(20), out var length);
        answer.Advance(length);
    }

    private static int Put(Span<byte> span, int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(span[at..]);
        return at + text.Length;
    }
}
