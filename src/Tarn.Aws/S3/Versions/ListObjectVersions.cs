using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Aws.S3.Versions;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html: by key, each key's newest first.
/// </summary>
internal sealed class ListObjectVersions(IObjectStore objects, IObjectVersions versions, LakeIdentity lake)
    : IS3Operation
{
    private const string KeyMarker = "key-marker";
    private const string VersionMarker = "version-id-marker";

    public string Name => "ListObjectVersions";

    public string? Action => "s3:ListBucketVersions";

    public IReadOnlyList<string> Parameters => [.. ListingRequest.Parameters, KeyMarker, VersionMarker];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var request = ListingRequest.Parse(call);
        var keyMarker = call.Parameter(KeyMarker) ?? "";
        var versionMarker = call.Parameter(VersionMarker) ?? "";
        if (versionMarker.Length > 0 && keyMarker.Length == 0)
        {
            throw S3Errors.InvalidArgument("A version-id marker cannot be specified without a key marker.");
        }

        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var page = await ReadAsync(call, request, keyMarker, versionMarker, cancellation);
        using var answer = new XmlAnswer("ListVersionsResult", S3Call.Namespace);
        answer.Text("Name", call.Address.Bucket)
            .Text("Prefix", request.Encode(request.Prefix))
            .Text("KeyMarker", request.Encode(keyMarker))
            .Text("VersionIdMarker", versionMarker)
            .Text("NextKeyMarker", request.Encode(page.NextAfter))
            .Text("NextVersionIdMarker", page.NextAfterVersionId)
            .Number("MaxKeys", request.KeysMax)
            .Text("Delimiter", request.Encode(request.Delimiter))
            .Text("EncodingType", request.EncodesUrl ? "url" : null)
            .Flag("IsTruncated", page.NextAfter is not null);
        foreach (var version in page.Versions)
        {
            Write(answer, version, request);
        }

        ListingAnswer.WritePrefixes(answer, page.CommonPrefixes, request);
        await call.SendAsync(answer);
    }

    /// <summary>One page. max-keys 0 gives an empty one, which is not truncated.</summary>
    private Task<VersionPage> ReadAsync(
        S3Call call, ListingRequest request, string keyMarker, string versionMarker, CancellationToken cancellation)
    {
        if (request.KeysMax == 0)
        {
            return Task.FromResult(new VersionPage([], [], NextAfter: null, NextAfterVersionId: null));
        }

        var listing = new ObjectListing
        {
            Prefix = request.Prefix,
            Delimiter = request.Delimiter,
            After = keyMarker.Length == 0 ? null : keyMarker,
            EntriesMax = request.KeysMax,
        };
        return versions.ListAsync(
            call.Address.Bucket, listing, versionMarker.Length == 0 ? null : versionMarker, cancellation);
    }

    private void Write(XmlAnswer answer, ObjectVersion version, ListingRequest request)
    {
        answer.Open(version.IsMarker ? "DeleteMarker" : "Version");
        if (!version.IsMarker)
        {
            answer.Text("ETag", $"\"{version.Info.ETag}\"");
            ListingAnswer.WriteChecksum(answer, version.Info);
            answer.Number("Size", version.Info.Size).Text("StorageClass", "STANDARD");
        }

        answer.Text("Key", request.Encode(version.Key.Key))
            .Text("VersionId", version.VersionId)
            .Flag("IsLatest", version.IsLatest)
            .Time("LastModified", version.Info.LastModified);
        ListingAnswer.WriteOwner(answer, lake);
        answer.Close();
    }
}
