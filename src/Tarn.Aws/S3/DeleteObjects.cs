using System.Xml.Linq;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html: up to 1,000 keys, each with its own
/// result. The body must carry a checksum or an MD5, as AWS asks.
/// </summary>
internal sealed class DeleteObjects(IObjectStore objects) : IS3Operation
{
    private const int KeysMax = 1000;

    public string Name => "DeleteObjects";

    public string? Action => null;

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers =>
        ["x-amz-checksum-", "x-amz-trailer", "x-amz-decoded-content-length"];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var body = await call.ReadXmlAsync(cancellation);
        CheckMd5(call, body);
        var request = XmlInput.Parse(body, "Delete");
        var keys = Keys(request);
        var quiet = request.Element("Quiet")?.Value == "true";
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);

        using var answer = new XmlAnswer("DeleteResult", S3Call.Namespace);
        foreach (var key in keys)
        {
            if (call.Access.Refuse("s3:DeleteObject", call.Address.Bucket, key) is { } refusal)
            {
                WriteError(answer, key, refusal);
                continue;
            }

            try
            {
                await objects.DeleteAsync(new ObjectKey(call.Address.Bucket, key), cancellation);
                if (!quiet)
                {
                    answer.Open("Deleted").Text("Key", key).Close();
                }
            }
            catch (TarnException failure)
            {
                WriteError(answer, key, ErrorTable.Of(AwsService.S3, failure));
            }
        }

        await call.SendAsync(answer);
    }

    private static void WriteError(XmlAnswer answer, string key, AwsException error) =>
        answer.Open("Error").Text("Key", key).Text("Code", error.Code).Text("Message", error.Message).Close();

    private static List<string> Keys(XElement request)
    {
        var keys = new List<string>();
        foreach (var element in request.Elements())
        {
            if (element.Name == "Quiet")
            {
                continue;
            }

            if (element.Name != "Object" || element.Element("Key")?.Value is not { Length: > 0 } key)
            {
                throw new AwsException("MalformedXML", 400, $"'{element.Name}' is not an Object with a Key");
            }

            if (element.Elements().FirstOrDefault(part => part.Name != "Key") is { } other)
            {
                throw new AwsException(
                    "NotImplemented", 501, $"tarn does not support {other.Name} of s3 DeleteObjects");
            }

            keys.Add(key);
        }

        return keys.Count is >= 1 and <= KeysMax
            ? keys
            : throw new AwsException(
                "MalformedXML", 400, $"the request names {keys.Count} keys; 1 to {KeysMax} are taken");
    }

    private static void CheckMd5(S3Call call, ReadOnlyMemory<byte> body)
    {
#pragma warning disable CA5351 // Content-MD5 is HTTP's own check against damage in transit
        if (call.Header("content-md5") is { } stated
            && stated != Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(body.Span)))
#pragma warning restore CA5351
        {
            throw new AwsException("BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
        }

        var hasChecksum = call.Header("content-md5") is not null
            || call.Request.Headers.Keys.Any(name =>
                name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase)
                || name.Equals("x-amz-trailer", StringComparison.OrdinalIgnoreCase));
        if (!hasChecksum)
        {
            throw new AwsException(
                "InvalidRequest", 400, "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
        }
    }
}
