using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Tarn.Aws.Protocol.Signing;
using Tarn.Aws.Protocol.Xml;
using Tarn.Aws.S3.Versions;
using Tarn.Storage.Objects;

namespace Tarn.Aws.S3.Forms;

/// <summary>
/// What a browser is told after an upload: where to go on (success_action_redirect), or an answer of the status that
/// the form asks for. As on S3, one that is neither of 200, 201, 204 is 204, and a redirect that is no URL is none.
/// </summary>
internal static class FormAnswer
{
    public static async Task SendAsync(S3Call call, IReadOnlyDictionary<string, string> fields, ObjectInfo stored)
    {
        var etag = $"\"{stored.ETag}\"";
        var location = Location(call);
        call.Response.Headers.ETag = etag;
        call.Response.Headers.Location = new StringValues(location);
        VersionIds.Write(call, stored.VersionId);
        ObjectHeaders.WriteChecksum(call, stored.Checksum);
        if (Redirect(call.Address, fields, etag) is { } target)
        {
            call.Response.Headers.Location = target;
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
                    answer.Text("Location", location)
                        .Text("Bucket", call.Address.Bucket)
                        .Text("Key", call.Address.Key)
                        .Text("ETag", etag);
                    await call.Exchange.SendAsync(StatusCodes.Status201Created, "application/xml", answer.Finish());
                }

                return;
            default:
                call.Send(StatusCodes.Status204NoContent);
                return;
        }
    }

    /// <summary>Below the URL that the form was sent to, which names the bucket or has it as its host.</summary>
    private static string Location(S3Call call)
    {
        var bucket = call.Exchange.Signable.Path.TrimEnd('/');
        return $"{call.Request.Scheme}://{call.Request.Host}{bucket}/"
            + UriEncoding.Encode(call.Address.Key, keepSlash: true);
    }

    private static string? Redirect(S3Address address, IReadOnlyDictionary<string, string> fields, string etag)
    {
        var asked = fields.GetValueOrDefault("success_action_redirect") ?? fields.GetValueOrDefault("redirect");
        if (asked is null || !asked.All(char.IsAscii)
            || !Uri.TryCreate(asked, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var query = $"bucket={UriEncoding.Encode(address.Bucket, keepSlash: false)}"
            + $"&key={UriEncoding.Encode(address.Key, keepSlash: false)}"
            + $"&etag={UriEncoding.Encode(etag, keepSlash: false)}";
        return target.GetLeftPart(UriPartial.Query) + (target.Query.Length > 0 ? "&" : "?") + query;
    }
}
