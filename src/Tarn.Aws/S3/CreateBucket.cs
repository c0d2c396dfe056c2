using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html. Creating a bucket that is there already
/// succeeds, as in us-east-1. A location constraint is taken when it is the region that the request is signed for.
/// </summary>
internal sealed class CreateBucket(IObjectStore objects, LakeIdentity lake) : IS3Operation
{
    public string Name => "CreateBucket";

    public string? Action => "s3:CreateBucket";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => ["x-amz-acl", "x-amz-object-ownership"];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        S3Acl.Check(call);
        if (call.Header("x-amz-object-ownership") is { } ownership and not "BucketOwnerEnforced")
        {
            throw new AwsException(
                "NotImplemented", 501, $"tarn does not support x-amz-object-ownership '{ownership}': it has no ACLs");
        }

        var body = await S3Document.ReadBytesAsync(call, cancellation);
        if (!body.IsEmpty)
        {
            CheckConfiguration(call, body);
        }

        try
        {
            await objects.CreateBucketAsync(call.Address.Bucket, cancellation);
        }
        catch (TarnException failure) when (failure.Kind == ErrorKind.AlreadyExists)
        {
            // Every bucket of this lake belongs to the caller, and us-east-1 answers 200 to its owner.
        }

        call.Response.Headers.Location = "/" + call.Address.Bucket;
        call.Send(200);
    }

    private void CheckConfiguration(S3Call call, ReadOnlyMemory<byte> body)
    {
        foreach (var element in XmlInput.Parse(body, "CreateBucketConfiguration").Elements())
        {
            if (element.Name != "LocationConstraint")
            {
                throw new AwsException(
                    "NotImplemented", 501, $"tarn does not support {element.Name} of s3 CreateBucket");
            }

            var region = call.Signature?.Scope.Region ?? lake.Region;
            if (element.Value != region)
            {
                throw new AwsException(
                    "IllegalLocationConstraintException",
                    400,
                    $"The {element.Value} location constraint is incompatible for the region specific endpoint "
                    + $"this request was sent to ({region}).");
            }
        }
    }
}
