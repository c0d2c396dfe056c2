using System.Collections.Concurrent;

namespace Tarn.Aws.Protocol;

/// <summary>
/// The names of all operations that AWS documents for a service, kept as embedded files (one line each) so that an
/// operation which is not there is refused as such and a mistyped one as unknown. S3's lines also say how a request
/// names the operation.
/// </summary>
internal static class OperationNames
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<string>> Files = new(StringComparer.Ordinal);

    /// <summary>The file's lines, in its order.</summary>
    public static IReadOnlyList<string> Lines(AwsService service) => Files.GetOrAdd(service.Name, Read);

    /// <summary>The first word of each line.</summary>
    public static IEnumerable<string> Of(AwsService service) => Lines(service).Select(line => line.Split(' ')[0]);

    private static string[] Read(string service)
    {
        using var stream = typeof(OperationNames).Assembly.GetManifestResourceStream("operations/" + service)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
