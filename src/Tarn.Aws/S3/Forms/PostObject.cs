using Microsoft.AspNetCore.Http;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Tagging;
using Tarn.Primitives.Identity;
using Tarn.Storage.Access;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Forms;

/// <summary>
/// An upload by an HTML form (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html):
/// <code>
/// fields -> signature over the policy -> policy's conditions -> may the signer put this key? -> file into the store
/// </code>
/// The fields stand for headers of PutObject. The file streams; nothing is kept unless it ends as the form says.
/// </summary>
internal sealed class PostObject(
    SignatureVerifier verifier, IAuthorization authorization, IAuditTrail audit, IObjectStore objects,
    LakeIdentity lake, TimeProvider time)
{
    private const string Name = "PostObject";
    private const string FormType = "multipart/form-data";
    private const long BytesMax = 5L << 30;

    /// <summary>Whether a request is such a form: not signed itself, sent to a bucket.</summary>
    public static bool Is(Exchange exchange, S3Address address) =>
        address.Level == "bucket"
        && HttpMethods.IsPost(exchange.Signable.Method)
        && exchange.Signable.Query.Length == 0
        && exchange.Request.Headers.Authorization.Count == 0
        && (exchange.Request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) ?? false);

    public async Task RunAsync(Exchange exchange, S3Address bucket, CancellationToken cancellation)
    {
        FormHeaders.RefuseSent(exchange.Request.Headers, Name);
        var form = await UploadForm.ReadAsync(exchange.Request.ContentType!, exchange.Request.Body, cancellation);
        var fields = new Dictionary<string, string>(form.Fields, StringComparer.OrdinalIgnoreCase);
        fields["key"] = Required(fields, "key").Replace("${filename}", form.FileName, StringComparison.Ordinal);
        NameBucket(fields, bucket.Bucket);
        var address = bucket with { Key = fields["key"] };
        CheckKey(address.Key);

        var (caller, policy) = Verify(fields);
        var access = new S3Access(authorization, audit, lake, exchange, caller);
        access.Require("s3:PutObject", address.Bucket, address.Key);
        FormHeaders.Move(fields, exchange.Request);
        exchange.Request.Body = new SizedFile(
            form.File, policy?.BytesMin ?? 0, Math.Min(policy?.BytesMax ?? BytesMax, BytesMax));
        var identity = new S3Identity(null, PayloadHash.Unsigned, IsPresigned: false);
        var call = new S3Call(exchange, identity, access, address, new Dictionary<string, string>());
        var attributes = SentAttributes.Read(call);
        await using var body = S3Body.Open(call);
        using var checksum = KeptChecksum.Of(body);
        var stored = await objects.PutAsync(
            call.Object,
            checksum.Body,
            attributes with
            {
                IsForm = true,
                Checksum = checksum.Value,
                Condition = WriteConditions.Read(call, Name),
                ContentMd5 = call.Header("content-md5"),
                Tags = Tags(call, fields),
            },
            cancellation);
        await FormAnswer.SendAsync(call, fields, stored);
    }

    /// <summary>Lets conditions ask for the bucket, whose name no form needs to repeat.</summary>
    private static void NameBucket(Dictionary<string, string> fields, string bucket)
    {
        if (!fields.TryAdd("bucket", bucket) && fields["bucket"] != bucket)
        {
            throw S3Errors.InvalidArgument($"the form is for bucket '{fields["bucket"]}' and was sent to '{bucket}'");
        }
    }

    /// <summary>Who signed the form's policy, which must allow the form; nobody and null without a policy.</summary>
    private (AccessKey? Caller, PostPolicy? Policy) Verify(Dictionary<string, string> fields)
    {
        if (!fields.ContainsKey("policy") && !fields.ContainsKey("x-amz-signature"))
        {
            return (null, null);
        }

        if (fields.ContainsKey("x-amz-security-token"))
        {
            throw new SignatureException(
                SignatureFault.SessionToken, "the security token is invalid: this lake issues no session tokens");
        }

        var encoded = Required(fields, "policy");
        if (Required(fields, "x-amz-algorithm") is var algorithm and not AuthorizationHeader.Algorithm)
        {
            throw new SignatureException(
                SignatureFault.Unsupported,
                $"tarn takes {AuthorizationHeader.Algorithm} signatures only, not '{algorithm}'");
        }

        var caller = verifier.VerifyPolicy(
            encoded,
            Required(fields, "x-amz-credential"),
            Required(fields, "x-amz-date"),
            Required(fields, "x-amz-signature"),
            AwsService.S3.Name);
        var policy = PostPolicy.Parse(encoded);
        policy.Check(fields, time.GetUtcNow());
        return (caller, policy);
    }

    private static void CheckKey(string key)
    {
        S3Address.CheckKey(key);
        if (key.Length == 0 || key.Contains('\0'))
        {
            throw S3Errors.InvalidArgument("User key must have a length greater than 0 and hold no NUL.");
        }
    }

    private static string Required(Dictionary<string, string> fields, string name) => fields.GetValueOrDefault(name)
        ?? throw new AwsException(
            "InvalidArgument",
            400,
            $"Bucket POST must contain a field named '{name}'.  If it is specified, please check the order of the "
            + "fields.")
        {
            Elements = [new("ArgumentName", name), new("ArgumentValue", "")],
        };

    private static IReadOnlyDictionary<string, string> Tags(S3Call call, Dictionary<string, string> fields)
    {
        if (!fields.TryGetValue("tagging", out var tagging))
        {
            return ObjectAttributes.None.Tags;
        }

        call.Access.Require("s3:PutObjectTagging", call.Address.Bucket, call.Address.Key);
        var document = XmlInput.Parse(System.Text.Encoding.UTF8.GetBytes(tagging), "Tagging");
        return TagSet.Parse(document, TagSet.ObjectTagsMax);
    }
}
