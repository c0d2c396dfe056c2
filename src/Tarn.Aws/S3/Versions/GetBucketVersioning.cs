using Tarn.Aws.Protocol.Xml;
using Tarn.Storage.Objects.Versions;

namespace Tarn.Aws.S3.Versions;

/// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html</summary>
internal sealed class GetBucketVersioning(IObjectVersions versions) : IS3Operation
{
    public string Name => "GetBucketVersioning";

    public string? Action => "s3:GetBucketVersioning";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var versioning = await versions.FindVersioningAsync(call.Address.Bucket, cancellation);
        using var answer = new XmlAnswer("VersioningConfiguration", S3Call.Namespace);
        answer.Text("Status", versioning == BucketVersioning.Unversioned ? null : versioning.ToString());
        await call.SendAsync(answer);
    }
}
