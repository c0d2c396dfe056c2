using Tarn.Aws.Protocol.Xml;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// The access control list of a bucket or an object, as S3 answers it where BucketOwnerEnforced holds: the owner may do
/// everything, and there is no other entry. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html
/// </summary>
internal sealed class OwnerAcl : IS3Operation
{
    private readonly IObjectStore _objects;
    private readonly LakeIdentity _lake;

    private OwnerAcl(IObjectStore objects, LakeIdentity lake, string name) =>
        (_objects, _lake, Name) = (objects, lake, name);

    public string Name { get; }

    public string? Action => "s3:" + Name;

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public static OwnerAcl OfBucket(IObjectStore objects, LakeIdentity lake) => new(objects, lake, "GetBucketAcl");

    public static OwnerAcl OfObject(IObjectStore objects, LakeIdentity lake) => new(objects, lake, "GetObjectAcl");

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        if (call.Address.Key.Length == 0)
        {
            await S3Errors.RequireBucketAsync(_objects, call.Address.Bucket, cancellation);
        }
        else if (await _objects.FindAsync(call.Object, cancellation) is null)
        {
            throw await S3Errors.AbsentAsync(_objects, call.Object, cancellation);
        }

        using var answer = new XmlAnswer("AccessControlPolicy", S3Call.Namespace);
        answer.Open("Owner").Text("ID", _lake.AccountId).Text("DisplayName", _lake.AccountId).Close();
        answer.Open("AccessControlList").Open("Grant");
        answer.OpenTyped("Grantee", "CanonicalUser")
            .Text("ID", _lake.AccountId)
            .Text("DisplayName", _lake.AccountId)
            .Close();
        answer.Text("Permission", "FULL_CONTROL").Close().Close();
        await call.SendAsync(answer);
    }
}
