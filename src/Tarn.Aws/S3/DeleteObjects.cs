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

    public IReadOnlyList<string> Headers => S3Document.Headers;

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        S3Document.RequireDigest(call);
        var request = await S3Document.ReadAsync(call, "Delete", cancellation);
        var keys = Keys(request);
        var quiet = S3Document.Flag(request, "Quiet");
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
        foreach (var element in S3Document.Children(request, "Object", "Quiet").Where(part => part.Name == "Object"))
        {
            _ = S3Document.Children(element, "Key");
            var key = S3Document.Text(element, "Key");
            keys.Add(key.Length > 0 ? key : throw S3Document.Malformed("a Key is empty"));
        }

        return keys.Count is >= 1 and <= KeysMax
            ? keys
            : throw S3Document.Malformed($"the request names {keys.Count} keys; 1 to {KeysMax} are taken");
    }
}
