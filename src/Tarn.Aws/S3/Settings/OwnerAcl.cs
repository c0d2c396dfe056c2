using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Versions;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// The access control list of a bucket or an object, as S3 answers it where BucketOwnerEnforced holds: the owner may do
/// everything, and there is no other entry. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketAcl.html
/// </summary>
internal sealed class OwnerAcl : IS3Operation
{
    private const string ObjectName = "GetObjectAcl";

    private readonly IObjectStore _objects;
    private readonly VersionedObjects _versioned;
    private readonly LakeIdentity _lake;

    private OwnerAcl(IObjectStore objects, VersionedObjects versioned, LakeIdentity lake, string name) =>
        (_objects, _versioned, _lake, Name) = (objects, versioned, lake, name);

    public string Name { get; }

    public string? Action => "s3:" + Name;

    public IReadOnlyList<string> Parameters => Name == ObjectName ? [VersionIds.Parameter] : [];

    public IReadOnlyList<string> Headers => [];

    public static IEnumerable<OwnerAcl> All(IObjectStore objects, VersionedObjects versioned, LakeIdentity lake) =>
        [new(objects, versioned, lake, "GetBucketAcl"), new(objects, versioned, lake, ObjectName)];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        if (call.Address.Key.Length == 0)
        {
            await S3Errors.RequireBucketAsync(_objects, call.Address.Bucket, cancellation);
        }
        else
        {
            VersionIds.Write(call, (await _versioned.FindAsync(call, cancellation)).VersionId);
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
