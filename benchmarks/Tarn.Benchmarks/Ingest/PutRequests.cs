using System.Text;
using Tarn.Benchmarks.Ingest.Wire;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Ingest;

/// <summary>
/// PutRecords requests of 500 records each, signed once before the clock starts: the load generator shares the cores
/// with the server, which still checks every signature.
/// </summary>
internal static class PutRequests
{
    public const int RecordsPerRequest = 500;

    /// <summary>Enough that the server does not meet the same bytes all the time.</summary>
    public const int DistinctRequests = 32;

    private const int Users = 1_000_000;

    public static IReadOnlyList<byte[]> Make(Uri address, string stream, int requests)
    {
        var signer = new RequestSigner(BenchmarkLake.Key, address);
        return [.. Enumerable.Range(0, requests).Select(request => signer.Sign(
            "PutRecords", Body(stream, request * RecordsPerRequest)))];
    }

    private static byte[] Body(string stream, int first)
    {
        var body = new StringBuilder($"{{\"StreamName\":\"{stream}\",\"Records\":[");
        for (var i = first; i < first + RecordsPerRequest; i++)
        {
            body.Append(i > first ? "," : "")
                .Append("{\"Data\":\"").Append(Convert.ToBase64String(ScoreRecords.Make(i, Users)))
                .Append("\",\"PartitionKey\":\"").Append(Encoding.ASCII.GetString(ScoreRecords.PartitionKey(i)))
                .Append("\"}");
        }

        return Encoding.ASCII.GetBytes(body.Append("]}").ToString());
    }
}
