namespace Tarn.Console.Components;

/// <summary>
/// Addresses of the pages of the object store. Keys are parameters, as a path would resolve their dots.
/// </summary>
internal static class ObjectAddress
{
    /// <summary>The page of a folder: a prefix that is empty or ends with a slash.</summary>
    public static string OfFolder(string bucket, string prefix) =>
        $"/buckets/{bucket}" + (prefix.Length == 0 ? "" : "?prefix=" + Uri.EscapeDataString(prefix));

    /// <summary>The next page of a folder.</summary>
    public static string OfFolder(string bucket, string prefix, string after) =>
        $"/buckets/{bucket}?prefix={Uri.EscapeDataString(prefix)}&after={Uri.EscapeDataString(after)}";

    public static string OfObject(string bucket, string key) =>
        $"/buckets/{bucket}/object?key={Uri.EscapeDataString(key)}";

    /// <summary>The object's bytes, as a file to keep.</summary>
    public static string OfContent(string bucket, string key) =>
        $"/api/objects/{bucket}?key={Uri.EscapeDataString(key)}";

    /// <summary>The folders on the way to a prefix or key, each with its own prefix: <c>a/</c>, <c>a/b/</c>.</summary>
    public static IEnumerable<(string Name, string Prefix)> Way(string key)
    {
        for (int from = 0, slash; (slash = key.IndexOf('/', from)) >= 0; from = slash + 1)
        {
            yield return (key[from..slash], key[..(slash + 1)]);
        }
    }
}
