using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tarn.Delivery.Endpoints;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>
/// A batch as Firehose posts it (https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html).
/// </summary>
internal static class EndpointRequest
{
    /// <summary>Throws FormatException when address or access key cannot be said in HTTP.</summary>
    public static HttpRequestMessage Write(EndpointPost post, LakeIdentity lake)
    {
        if (!post.Url.IsAbsoluteUri || post.Url.Scheme is not ("http" or "https"))
        {
            throw new FormatException($"the address '{post.Url}' is not one of http or https");
        }

        var request = new HttpRequestMessage(HttpMethod.Post, post.Url);
        request.Headers.Add("X-Amz-Firehose-Protocol-Version", "1.0");
        request.Headers.Add("X-Amz-Firehose-Request-Id", post.RequestId);
        request.Headers.Add(
            "X-Amz-Firehose-Source-Arn", lake.Arn("firehose", "deliverystream/" + post.DeliveryStream));
        if (post.AccessKey is { } key)
        {
            if (!Ascii.IsValid(key))
            {
                throw new FormatException("the access key is not ASCII");
            }

            request.Headers.Add("X-Amz-Firehose-Access-Key", key);
        }

        if (post.CommonAttributes.Count > 0)
        {
            request.Headers.Add("X-Amz-Firehose-Common-Attributes", Attributes(post.CommonAttributes));
        }

        request.Content = new ByteArrayContent(Body(post));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (post.Gzip)
        {
            request.Content.Headers.ContentEncoding.Add("gzip");
        }

        return request;
    }

    /// <summary>JSON whose letters beyond ASCII are escaped, as a header needs.</summary>
    private static string Attributes(IReadOnlyDictionary<string, string> attributes)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartObject("commonAttributes");
            foreach (var (name, value) in attributes)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.ASCII.GetString(output.ToArray());
    }

    private static byte[] Body(EndpointPost post)
    {
        using var output = new MemoryStream();
        if (post.Gzip)
        {
            using var packed = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true);
            WriteBody(packed, post);
        }
        else
        {
            WriteBody(output, post);
        }

        return output.ToArray();
    }

    private static void WriteBody(Stream output, EndpointPost post)
    {
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("requestId", post.RequestId);
        json.WriteNumber("timestamp", post.Timestamp.ToUnixTimeMilliseconds());
        json.WriteStartArray("records");
        foreach (var record in post.Records)
        {
            json.WriteStartObject();
            json.WriteBase64String("data", record.Span);
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
