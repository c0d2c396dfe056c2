using Tarn.Aws.Protocol.Xml;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketOwnershipControls.html. The owner of a bucket owns all
/// that is in it; there is no other state.
/// </summary>
internal sealed class GetBucketOwnershipControls(IObjectStore objects) : IS3Operation
{
    public string Name => "GetBucketOwnershipControls";

    public string? Action => "s3:GetBucketOwnershipControls";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(objects, call.Address.Bucket, cancellation);
        using var answer = new XmlAnswer("OwnershipControls", S3Call.Namespace);
        answer.Open("Rule").Text("ObjectOwnership", PutBucketOwnershipControls.Enforced).Close();
        await call.SendAsync(answer);
    }
}
