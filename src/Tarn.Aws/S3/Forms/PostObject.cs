using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.Protocol.Xml;
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
    SignatureVerifier verifier, IAuthorization authorization, IObjectStore objects, LakeIdentity lake,
    TimeProvider time)
{
    private const string FormType = "multipart/form-data";
    private const long BytesMax = 5L << 30;

    /// <summary>Fields that stand for a header of another name, or of their own.</summary>
    private static readonly Dictionary<string, string> HeaderFields = new(StringComparer.OrdinalIgnoreCase)
    {
        ["acl"] = "x-amz-acl",
        ["Cache-Control"] = "Cache-Control",
        ["Content-Disposition"] = "Content-Disposition",
        ["Content-Encoding"] = "Content-Encoding",
        ["Content-Language"] = "Content-Language",
        ["Content-Type"] = "Content-Type",
        ["Expires"] = "Expires",
        ["x-amz-storage-class"] = "x-amz-storage-class",
    };

    /// <summary>Fields about the form itself.</summary>
    private static readonly HashSet<string> OwnFields = new(StringComparer.OrdinalIgnoreCase)
    {
        "key", "bucket", "policy", "x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature",
        "success_action_redirect", "success_action_status", "redirect", "x-amz-sdk-checksum-algorithm",
    };

    /// <summary>Whether a request is such a form: not signed itself, sent to a bucket.</summary>
    public static bool Is(Exchange exchange, S3Address address) =>
        address.Level == "bucket"
        && HttpMethods.IsPost(exchange.Signable.Method)
        && exchange.Signable.Query.Length == 0
        && exchange.Request.Headers.Authorization.Count == 0
        && (exchange.Request.ContentType?.StartsWith(FormType, StringComparison.OrdinalIgnoreCase) ?? false);

    public async Task RunAsync(Exchange exchange, S3Address bucket, CancellationToken cancellation)
    {
        var form = await UploadForm.ReadAsync(exchange.Request.ContentType!, exchange.Request.Body, cancellation);
        var fields = new Dictionary<string, string>(form.Fields, StringComparer.OrdinalIgnoreCase);
        fields["key"] = Required(fields, "key").Replace("${filename}", form.FileName, StringComparison.Ordinal);
        fields["bucket"] = bucket.Bucket;
        var address = bucket with { Key = fields["key"] };
        CheckKey(address.Key);

        var (caller, policy) = Verify(fields);
        var access = new S3Access(authorization, lake, exchange, caller);
        access.Require("s3:PutObject", address.Bucket, address.Key);
        Move(fields, exchange.Request);
        exchange.Request.Body = new SizedFile(form.File, policy?.BytesMin ?? 0, policy?.BytesMax ?? BytesMax);
        var identity = new S3Identity(null, PayloadHash.Unsigned, IsPresigned: false);
        var call = new S3Call(exchange, identity, access, address, new Dictionary<string, string>());
        var attributes = SentAttributes.Read(call);
        await using var body = S3Body.Open(call);
        using var checksum = KeptChecksum.Of(body);
        var stored = await objects.PutAsync(
            call.Object, checksum.Body, attributes with { Checksum = checksum.Value }, cancellation);
        await AnswerAsync(call, fields, stored);
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

    /// <summary>Makes the request's headers those that the form states, and no others.</summary>
    private static void Move(Dictionary<string, string> fields, HttpRequest request)
    {
        var headers = request.Headers;
        foreach (var name in headers.Keys.Where(IsAboutTheObject).ToList())
        {
            headers.Remove(name);
        }

        foreach (var (name, value) in fields)
        {
            if (HeaderFields.TryGetValue(name, out var header))
            {
                HeaderText.Check(name, value);
                headers[header] = value;
            }
            else if (name.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("x-amz-checksum-", StringComparison.OrdinalIgnoreCase))
            {
                HeaderText.Check(name, value);
                headers[name] = value;
            }
            else if (!OwnFields.Contains(name)
                && (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) || name == "tagging"))
            {
                throw new AwsException("NotImplemented", 501, $"tarn does not support field '{name}' of a POST form");
            }
        }
    }

    private static bool IsAboutTheObject(string header) =>
        header.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || HeaderFields.ContainsKey(header);

    private static async Task AnswerAsync(S3Call call, Dictionary<string, string> fields, ObjectInfo stored)
    {
        var etag = $"\"{stored.ETag}\"";
        var address = call.Address;
        var resource = $"/{address.Bucket}/{UriEncoding.Encode(address.Key, keepSlash: true)}";
        var location = $"{call.Request.Scheme}://{call.Request.Host}{resource}";
        call.Response.Headers.ETag = etag;
        call.Response.Headers.Location = new StringValues(location);
        ObjectHeaders.WriteChecksum(call, stored.Checksum);
        var redirect = fields.GetValueOrDefault("success_action_redirect") ?? fields.GetValueOrDefault("redirect");
        if (redirect is not null && redirect.All(char.IsAscii)
            && Uri.TryCreate(redirect, UriKind.Absolute, out var target) && target.Scheme is ("http" or "https"))
        {
            var query = $"bucket={UriEncoding.Encode(address.Bucket, keepSlash: false)}"
                + $"&key={UriEncoding.Encode(address.Key, keepSlash: false)}"
                + $"&etag={UriEncoding.Encode(etag, keepSlash: false)}";
            var join = target.Query.Length > 0 ? "&" : "?";
            call.Response.Headers.Location = target.GetLeftPart(UriPartial.Query) + join + query;
            call.Send(StatusCodes.Status303SeeOther);
            return;
        }

        switch (fields.GetValueOrDefault("success_action_status"))
        {
            case "200":
                call.Send(StatusCodes.Status200OK);
                return;
            case "201":
                using (var answer = new XmlAnswer("PostResponse", null))
                {
                    answer.Text("Location", location).Text("Bucket", address.Bucket).Text("Key", address.Key)
                        .Text("ETag", etag);
                    await call.Exchange.SendAsync(StatusCodes.Status201Created, "application/xml", answer.Finish());
                }

                return;
            default:
                call.Send(StatusCodes.Status204NoContent);
                return;
        }
    }
}
