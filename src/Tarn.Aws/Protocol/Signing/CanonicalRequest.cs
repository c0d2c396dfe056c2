using System.Text;
using Microsoft.Extensions.Primitives;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// The text that a signature is made of: method, path, query, headers, their names, payload hash; one line each
/// (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
/// S3 encodes the path once and keeps it as it is; every other service removes dot segments and encodes what is on the
/// wire.
/// </summary>
internal static class CanonicalRequest
{
    /// <summary>What HTTP/2 clients sign in place of <c>host</c>; the server shows both under the name Host.</summary>
    public const string Authority = ":authority";

    public static string Build(
        SignableRequest request, IReadOnlyList<string> signedHeaders, string payloadHash, bool isS3)
    {
        var text = new StringBuilder(512);
        text.Append(request.Method).Append('\n');
        text.Append(isS3 ? ObjectPath(request.Path) : ServicePath(request.Path)).Append('\n');
        text.Append(Query(request.Query)).Append('\n');
        foreach (var name in signedHeaders)
        {
            text.Append(name).Append(':');
            AppendHeader(text, request.Headers[name == Authority ? "Host" : name]);
            text.Append('\n');
        }

        text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(payloadHash);
        return text.ToString();
    }

    private static string ObjectPath(string path) =>
        path.Length == 0 ? "/" : UriEncoding.Encode(UriEncoding.Decode(path, plusIsSpace: false), keepSlash: true);

    private static string ServicePath(string path)
    {
        var kept = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == "..")
            {
                kept.RemoveRange(Math.Max(kept.Count - 1, 0), Math.Min(kept.Count, 1));
            }
            else if (segment.Length > 0 && segment != ".")
            {
                kept.Add(segment);
            }
        }

        var normal = "/" + string.Join('/', kept);
        var trailing = kept.Count > 0 && (path.EndsWith('/') || path.EndsWith("/.", StringComparison.Ordinal));
        return UriEncoding.Encode(trailing ? normal + "/" : normal, keepSlash: true);
    }

    private static string Query(string query)
    {
        var pairs = QueryString.Pairs(query)
            .Select(pair => (
                Name: UriEncoding.Encode(pair.Name, keepSlash: false),
                Value: UriEncoding.Encode(pair.Value, keepSlash: false)))
            .ToList();
        pairs.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name) is var order and not 0
            ? order
            : string.CompareOrdinal(a.Value, b.Value));
        return string.Join('&', pairs.Select(pair => pair.Name + "=" + pair.Value));
    }

    private static void AppendHeader(StringBuilder text, StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                text.Append(',');
            }

            AppendCollapsed(text, values[i].AsSpan().Trim(' '));
        }
    }

    private static void AppendCollapsed(StringBuilder text, ReadOnlySpan<char> value)
    {
        var space = false;
        foreach (var character in value)
        {
            if (character != ' ' || !space)
            {
                text.Append(character);
            }

            space = character == ' ';
        }
    }
}
