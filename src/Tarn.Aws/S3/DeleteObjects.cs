using System.Xml.Linq;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Versions;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html: up to 1,000 keys, each with its own
/// result. The body must carry a checksum or an MD5, as AWS asks.
/// </summary>
internal sealed class DeleteObjects(IObjectStore objects, IObjectVersions versions) : IS3Operation
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
        var targets = Targets(request);
        var quiet = S3Document.Flag(request, "Quiet");
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);

        using var answer = new XmlAnswer("DeleteResult", S3Call.Namespace);
        foreach (var target in targets)
        {
            var action = VersionActions.Of("s3:DeleteObject", target.VersionId);
            if (call.Access.Refuse(action, call.Address.Bucket, target.Key) is { } refusal)
            {
                WriteError(answer, target, refusal);
                continue;
            }

            try
            {
                var deletion = await versions.DeleteAsync(
                    new ObjectKey(call.Address.Bucket, target.Key), target.VersionId, cancellation);
                if (!quiet)
                {
                    WriteDeleted(answer, target, deletion);
                }
            }
            catch (TarnException failure)
            {
                WriteError(answer, target, ErrorTable.Of(AwsService.S3, failure));
            }
        }

        await call.SendAsync(answer);
    }

    private static void WriteDeleted(XmlAnswer answer, Target target, ObjectDeletion deletion)
    {
        answer.Open("Deleted").Text("Key", target.Key).Text("VersionId", target.VersionId);
        if (deletion.IsMarker)
        {
            answer.Flag("DeleteMarker", true).Text("DeleteMarkerVersionId", deletion.VersionId);
        }

        answer.Close();
    }

    private static void WriteError(XmlAnswer answer, Target target, AwsException error) => answer
        .Open("Error")
        .Text("Key", target.Key)
        .Text("VersionId", target.VersionId)
        .Text("Code", error.Code)
        .Text("Message", error.Message)
        .Close();

    private static List<Target> Targets(XElement request)
    {
        var targets = new List<Target>();
        foreach (var element in S3Document.Children(request, "Object", "Quiet").Where(part => part.Name == "Object"))
        {
            var parts = S3Document.Children(element, "Key", "VersionId");
            var key = S3Document.Text(element, "Key");
            var hasVersion = parts.Any(part => part.Name == "VersionId");
            targets.Add(new Target(
                key.Length > 0 ? key : throw S3Document.Malformed("a Key is empty"),
                hasVersion ? S3Document.Text(element, "VersionId") : null));
        }

        return targets.Count is >= 1 and <= KeysMax
            ? targets
            : throw S3Document.Malformed($"the request names {targets.Count} keys; 1 to {KeysMax} are taken");
    }

    private readonly record struct Target(string Key, string? VersionId);
}
