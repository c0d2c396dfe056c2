using Microsoft.AspNetCore.Http;

namespace Tarn.Aws.Protocol.Json;

/// <summary>How a request with X-Amz-Target says that its body is written: Content-Type and Content-Encoding.</summary>
internal readonly record struct RequestForm(BodyFormat Format, bool IsGzip)
{
    public const string Json = "application/x-amz-json-1.1";
    public const string Cbor = "application/x-amz-cbor-1.1";

    /// <summary>What most requests are.</summary>
    public static readonly RequestForm PlainJson = new(BodyFormat.Json, IsGzip: false);

    /// <summary>The form, or 415 for one that Tarn does not read.</summary>
    public static RequestForm Of(HttpRequest request, AwsService service)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            throw new AwsException(
                "SerializationException", 415, $"tarn does not read content encoding '{encoding}' here");
        }

        var media = MediaOf(request);
        var format = media switch
        {
            Json or "application/x-amz-json-1.0" => BodyFormat.Json,
            Cbor when service.SpeaksCbor => BodyFormat.Cbor,
            _ => throw new AwsException(
                "SerializationException",
                415,
                $"tarn reads {Json}{(service.SpeaksCbor ? " and " + Cbor : "")} here, not content type '{media}'"),
        };
        return new RequestForm(format, encoding == "gzip");
    }

    /// <summary>How an error of this request is to be written, whatever else is wrong with it.</summary>
    public static BodyFormat OfErrors(HttpRequest request, AwsService? service) =>
        service is { SpeaksCbor: true } && MediaOf(request) == Cbor ? BodyFormat.Cbor : BodyFormat.Json;

    /// <summary>The content type of an answer in this format.</summary>
    public static string ContentType(BodyFormat format) => format == BodyFormat.Cbor ? Cbor : Json;

    private static string MediaOf(HttpRequest request)
    {
        var type = request.ContentType ?? "";
        return type is Json or Cbor ? type : type.Split(';')[0].Trim();
    }
}
