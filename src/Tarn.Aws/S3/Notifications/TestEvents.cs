using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Tarn.Aws.Kinesis;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.S3.Notifications;

/// <summary>
/// The event that S3 sends when a bucket is told where its events go:
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
/// </summary>
internal sealed class TestEvents(IStreams streams, LakeIdentity lake, TimeProvider time)
{
    /// <summary>Fails with InvalidArgument when the stream does not take it.</summary>
    public async Task SendAsync(S3Call call, string stream, CancellationToken cancellation)
    {
        var arn = StreamRef.ArnOf(lake, stream);
        if (streams.Find(stream) is null)
        {
            throw NotificationErrors.Unvalidated(arn, "The destination stream does not exist");
        }

        var entry = new StreamEntry(Encoding.UTF8.GetBytes(call.Address.Bucket), Write(call));
        var outcomes = new AppendOutcome[1];
        try
        {
            await streams.AppendAsync(stream, new[] { entry }, outcomes, cancellation);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.NotFound)
        {
            throw NotificationErrors.Unvalidated(arn, "The destination stream does not exist");
        }

        if (outcomes[0].Error is { } error)
        {
            throw NotificationErrors.Unvalidated(arn, error.Message);
        }
    }

    private byte[] Write(S3Call call)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            var now = time.GetUtcNow().UtcDateTime;
            json.WriteStartObject();
            json.WriteString("Service", "Amazon S3");
            json.WriteString("Event", "s3:TestEvent");
            json.WriteString("Time", now.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("Bucket", call.Address.Bucket);
            json.WriteString("RequestId", call.Exchange.RequestId);
            json.WriteString("HostId", call.Exchange.RequestId);
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}
