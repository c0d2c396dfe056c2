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

    /// <summary>Writes it in UTF-8.</summary>
    public static void Write(
        PooledBuffer text, SignableRequest request, SignedHeaders signedHeaders, ReadOnlySpan<char> payloadHash,
        bool isS3)
    {
        AppendLine(text, request.Method);
        AppendLine(text, isS3 ? ObjectPath(request.Path) : ServicePath(request.Path));
        AppendLine(text, Query(request.Query));
        for (var i = 0; i < signedHeaders.Names.Count; i++)
        {
            var name = signedHeaders.Names[i];
            text.AppendText(name);
            text.Append(":"u8);
            AppendHeader(text, request.Headers[name == Authority ? "Host" : name]);
            text.Append("\n"u8);
        }

        text.Append("\n"u8);
        AppendLine(text, signedHeaders.Text);
        text.AppendText(payloadHash);
    }

    private static void AppendLine(PooledBuffer text, string line)
    {
        text.AppendText(line);
        text.Append("\n"u8);
    }

    private static string ObjectPath(string path) =>
        path.Length == 0 ? "/" : UriEncoding.Encode(UriEncoding.Decode(path, plusIsSpace: false), keepSlash: true);

    private static string ServicePath(string path)
    {
        if (path == "/")
        {
            return path;
        }

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
        if (query.Length == 0)
        {
            return query;
        }

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

    private static void AppendHeader(PooledBuffer text, StringValues values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                text.Append(","u8);
            }

            AppendCollapsed(text, values[i].AsSpan().Trim(' '));
        }
    }

    /// <summary>Of several spaces in a row only one stays.</summary>
    private static void AppendCollapsed(PooledBuffer text, ReadOnlySpan<char> value)
    {
        for (var spaces = value.IndexOf("  "); spaces >= 0; spaces = value.IndexOf("  "))
        {
            text.AppendText(value[..(spaces + 1)]);
            value = value[(spaces + 1)..].TrimStart(' ');
        }

        text.AppendText(value);
    }
}
