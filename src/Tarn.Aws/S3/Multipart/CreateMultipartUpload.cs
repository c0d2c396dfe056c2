using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Lifecycle;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Lifecycle;
using Tarn.Storage.Objects.Multipart;

namespace Tarn.Aws.S3.Multipart;

/// <summary>
/// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html. An upload that states no checksum
/// gets a CRC64NVME of its whole object, as on S3.
/// </summary>
internal sealed class CreateMultipartUpload(IMultipartUploads uploads, IBucketLifecycle lifecycle) : IS3Operation
{
    private const string Algorithm = "x-amz-checksum-algorithm";
    private const string Type = "x-amz-checksum-type";

    public string Name => "CreateMultipartUpload";

    public string? Action => "s3:PutObject";

    public IReadOnlyList<string> Parameters => [];

    public IReadOnlyList<string> Headers => [.. SentAttributes.Headers, Algorithm, Type];

    public async Task RunAsync(S3Call call, CancellationToken cancellation)
    {
        var attributes = SentAttributes.Read(call);
        var checksum = Checksum(call.Header(Algorithm), call.Header(Type));
        var upload = await uploads.CreateAsync(call.Object, attributes, checksum, cancellation);
        if (call.Header(Algorithm) is not null)
        {
            call.Response.Headers[Algorithm] = ChecksumNames.Name(checksum.Algorithm);
            call.Response.Headers[Type] = ChecksumNames.Type(checksum.IsComposite);
        }

        ExpiryHeaders.WriteUpload(call, lifecycle, upload.Key, upload.Initiated);
        using var answer = new XmlAnswer("InitiateMultipartUploadResult", S3Call.Namespace);
        answer.Text("Bucket", call.Address.Bucket).Text("Key", call.Address.Key).Text("UploadId", upload.UploadId);
        await call.SendAsync(answer);
    }

    private static UploadChecksum Checksum(string? algorithmName, string? type)
    {
        if (algorithmName is null)
        {
            return type is null
                ? new UploadChecksum(ChecksumAlgorithm.Crc64Nvme, IsComposite: false)
                : throw Invalid($"The {Type} header can only be used with the {Algorithm} header.");
        }

        var algorithm = ChecksumNames.Find(algorithmName)
            ?? throw Invalid($"Checksum algorithm provided is unsupported: '{algorithmName}'");
        var isComposite = type switch
        {
            null => algorithm != ChecksumAlgorithm.Crc64Nvme,
            "COMPOSITE" => true,
            "FULL_OBJECT" => false,
            _ => throw Invalid($"Value for {Type} header is invalid: '{type}'"),
        };
        var isPossible = algorithm switch
        {
            ChecksumAlgorithm.Crc64Nvme => !isComposite,
            ChecksumAlgorithm.Sha1 or ChecksumAlgorithm.Sha256 => isComposite,
            _ => true,
        };
        return isPossible
            ? new UploadChecksum(algorithm, isComposite)
            : throw Invalid(
                $"The {type} checksum type cannot be used with the {algorithmName.ToLowerInvariant()} "
                + "checksum algorithm.");
    }

    private static AwsException Invalid(string message) => new("InvalidRequest", 400, message);
}
