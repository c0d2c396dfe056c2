using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// An operation that reads a setting which no bucket here can have, since what would set it is refused. It answers what
/// S3 answers for a bucket where it was never set: S3's own error, or an empty document.
/// </summary>
internal sealed class AbsentSetting : IS3Operation
{
    private readonly IObjectStore _objects;
    private readonly (string Code, string Message)? _error;
    private readonly Func<XmlAnswer>? _answer;

    private AbsentSetting(
        IObjectStore objects, string name, string action, (string, string)? error, Func<XmlAnswer>? answer)
    {
        (_objects, Name, Action) = (objects, name, action);
        (_error, _answer) = (error, answer);
    }

    public string Name { get; }

    public string? Action { get; }

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [];

    public static IEnumerable<IS3Operation> All(IObjectStore objects) =>
    [
        new AbsentSetting(
            objects,
            "GetBucketEncryption",
            "s3:GetEncryptionConfiguration",
            (
                "ServerSideEncryptionConfigurationNotFoundError",
                "The server side encryption configuration was not found"),
            answer: null),
        new AbsentSetting(
            objects,
            "GetBucketReplication",
            "s3:GetReplicationConfiguration",
            ("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
            answer: null),
        new AbsentSetting(
            objects,
            "GetBucketWebsite",
            "s3:GetBucketWebsite",
            ("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
            answer: null),
        new AbsentSetting(
            objects,
            "GetObjectLockConfiguration",
            "s3:GetBucketObjectLockConfiguration",
            ("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
            answer: null),
        Empty(objects, "GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration", "AccelerateConfiguration"),
        Empty(objects, "GetBucketLogging", "s3:GetBucketLogging", "BucketLoggingStatus"),
        new AbsentSetting(
            objects,
            "GetBucketRequestPayment",
            "s3:GetBucketRequestPayment",
            error: null,
            () => new XmlAnswer("RequestPaymentConfiguration", S3Call.Namespace).Text("Payer", "BucketOwner")),
    ];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        await S3Errors.RequireBucketAsync(_objects, call.Address.Bucket, cancellation);
        if (_error is var (code, message))
        {
            throw new AwsException(code, 404, message);
        }

        using var answer = _answer!();
        await call.SendAsync(answer);
    }

    private static AbsentSetting Empty(IObjectStore objects, string name, string action, string root) =>
        new(objects, name, action, error: null, () => new XmlAnswer(root, S3Call.Namespace));
}
