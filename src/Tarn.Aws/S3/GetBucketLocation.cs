using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html. us-east-1 is written as nothing.
/// </summary>
internal sealed class GetBucketLocation(IObjectStore objects, LakeIdentity lake) : IS3Operation
{
    public string Name => "GetBucketLocation";

    public string? Action => "s3:GetBucketLocation";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        using var answer = new XmlAnswer("LocationConstraint", S3Call.Namespace);
        answer.Content(lake.Region == "us-east-1" ? "" : lake.Region);
        await call.SendAsync(answer);
    }
}
