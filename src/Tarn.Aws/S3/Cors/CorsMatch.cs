namespace Tarn.Aws.S3.Cors;

/// <summary>
/// Which rule answers a request of another origin: the first whose origins, methods and headers all fit.
/// </summary>
internal static class CorsMatch
{
    /// <param name="headers">Those that the page means to send; none for the request itself.</param>
    public static CorsRule? Find(
        CorsConfiguration configuration, string origin, string method, IReadOnlyList<string> headers) =>
        configuration.Rules.FirstOrDefault(rule =>
            rule.AllowedOrigins.Any(allowed => Fits(allowed, origin, StringComparison.Ordinal))
            && rule.AllowedMethods.Contains(method)
            && headers.All(header =>
                rule.AllowedHeaders.Any(allowed => Fits(allowed, header, StringComparison.OrdinalIgnoreCase))));

    private static bool Fits(string pattern, string text, StringComparison comparison)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        return star < 0
            ? text.Equals(pattern, comparison)
            : text.Length >= pattern.Length - 1
                && text.StartsWith(pattern[..star], comparison)
                && text.EndsWith(pattern[(star + 1)..], comparison);
    }
}
