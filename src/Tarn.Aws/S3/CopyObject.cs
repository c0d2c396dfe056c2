using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Lifecycle;
using Tarn.Aws.S3.Versions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html. Metadata and tags come from the source or, each
/// by its directive, from the request. An object is copied to itself only when one of them is replaced, or from an
/// earlier version.
/// </summary>
internal sealed class CopyObject(
    IObjectStore objects, VersionedObjects versioned, IBucketLifecycle lifecycle, LakeIdentity lake,
    TimeProvider time) : IS3Operation
{
    private const string MetadataDirective = "x-amz-metadata-directive";
    private const string TaggingDirective = "x-amz-tagging-directive";
    private const string ChecksumAlgorithmHeader = "x-amz-checksum-algorithm";

    private readonly LateAnswer _late = new(time);

    public string Name => "CopyObject";

    public string? Action => "s3:PutObject";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers =>
    [
        .. SentAttributes.Headers, .. CopySource.Headers, MetadataDirective, TaggingDirective, ChecksumAlgorithmHeader,
    ];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var source = CopySource.Read(call, lake.AccountId);
        var sent = SentAttributes.Read(call);
        var condition = WriteConditions.Read(call, Name);
        var replacesMetadata = Replaces(call, MetadataDirective);
        var replacesTags = Replaces(call, TaggingDirective);
        if (sent.Tags.Count > 0 && !replacesTags)
        {
            throw S3Errors.InvalidArgument($"x-amz-tagging needs {TaggingDirective} REPLACE");
        }

        if (source == new CopySource(call.Object, VersionId: null) && !replacesMetadata && !replacesTags)
        {
            throw new AwsException(
                "InvalidRequest",
                400,
                "This copy request is illegal because it is trying to copy an object to itself without changing the "
                + "object's metadata, storage class, website redirect location or encryption attributes.");
        }

        var found = await source.FindAsync(call, versioned, cancellation);
        CheckSource(call, found);
        if (!replacesTags && found.Attributes.Tags.Count > 0)
        {
            source.Require(call, "s3:GetObjectTagging");
            call.Access.Require("s3:PutObjectTagging", call.Address.Bucket, call.Address.Key);
        }

        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        var attributes = new ObjectAttributes
        {
            ContentType = (replacesMetadata ? sent : found.Attributes).ContentType,
            Headers = (replacesMetadata ? sent : found.Attributes).Headers,
            Metadata = (replacesMetadata ? sent : found.Attributes).Metadata,
            Tags = (replacesTags ? sent : found.Attributes).Tags,
            Condition = condition,
        };
        await _late.SendAsync(call, CopyAsync(call, source, found, attributes, cancellation), cancellation);
    }

    private async Task<XmlAnswer> CopyAsync(
        S3Call call,
        CopySource source,
        ObjectInfo found,
        ObjectAttributes attributes,
        CancellationToken cancellation)
    {
        var copied = await versioned.CopyAsync(
            source.Key,
            source.VersionId,
            copied => CopySource.CheckSame(found, copied),
            call.Object,
            attributes,
            cancellation)
            ?? throw await S3Errors.AbsentAsync(objects, found.Key, cancellation);
        CopySource.WriteVersion(call, found);
        VersionIds.Write(call, copied.VersionId);
        ExpiryHeaders.Write(call, lifecycle, copied);
        var answer = new XmlAnswer("CopyObjectResult", S3Call.Namespace);
        answer.Time("LastModified", copied.LastModified).Text("ETag", $"\"{copied.ETag}\"");
        ChecksumNames.Write(answer, copied.Checksum);
        return answer;
    }

    private static void CheckSource(S3Call call, ObjectInfo source)
    {
        SentBody.CheckCopied(source.Size);
        if (call.Header(ChecksumAlgorithmHeader) is { } asked
            && (source.Checksum is not { IsComposite: false } kept || ChecksumNames.Find(asked) != kept.Algorithm))
        {
            throw new AwsException(
                "NotImplemented",
                501,
                $"tarn does not support header '{ChecksumAlgorithmHeader}' of s3 CopyObject for another algorithm than "
                + "the source's own: a copy keeps its source's checksum");
        }
    }

    private static bool Replaces(S3Call call, string directive) => call.Header(directive) switch
    {
        null or "COPY" => false,
        "REPLACE" => true,
        var other => throw S3Errors.InvalidArgument($"Unknown {directive[6..].Replace('-', ' ')}: '{other}'"),
    };
}
