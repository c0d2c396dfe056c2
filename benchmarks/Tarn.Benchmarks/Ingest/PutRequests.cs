using System.Text;
using Tarn.Benchmarks.Ingest.Wire;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Ingest;

/// <summary>
/// Requests of one shape, signed once before the clock starts: the load generator shares the cores with the server,
/// which still checks every signature.
/// </summary>
internal static class PutRequests
{
    public const int RecordsPerRequest = 500;

    /// <summary>Enough that the server does not meet the same bytes all the time.</summary>
    public const int DistinctRequests = 32;

    private const int BytesMax = 64 << 20;
    private const int Users = 1_000_000;

    /// <summary>As many as do not take too much memory.</summary>
    public static IReadOnlyList<byte[]> Make(Uri address, string stream, PutShape shape) =>
        Make(address, stream, shape, Math.Clamp(
            BytesMax / (shape.Records * shape.RecordBytes), 2, DistinctRequests));

    public static IReadOnlyList<byte[]> Make(Uri address, string stream, PutShape shape, int requests)
    {
        var signer = new RequestSigner(BenchmarkLake.Key, WireService.Kinesis, address);
        return [.. Enumerable.Range(0, requests).Select(request => signer.Sign(
            shape.Operation, Body(stream, shape, request * shape.Records)))];
    }

    private static byte[] Body(string stream, PutShape shape, int first)
    {
        var body = new StringBuilder($"{{\"StreamName\":\"{stream}\",");
        if (shape.Records == 1)
        {
            AppendRecord(body, shape, first);
            return Encoding.ASCII.GetBytes(body.Append('}').ToString());
        }

        body.Append("\"Records\":[");
        for (var i = first; i < first + shape.Records; i++)
        {
            body.Append(i > first ? ",{" : "{");
            AppendRecord(body, shape, i);
            body.Append('}');
        }

        return Encoding.ASCII.GetBytes(body.Append("]}").ToString());
    }

    private static void AppendRecord(StringBuilder body, PutShape shape, int index)
    {
        var data = ScoreRecords.Make(index, Users);
        Array.Resize(ref data, shape.RecordBytes);
        body.Append("\"Data\":\"").Append(Convert.ToBase64String(data))
            .Append("\",\"PartitionKey\":\"").Append(Encoding.ASCII.GetString(ScoreRecords.PartitionKey(index)))
            .Append('"');
    }
}
