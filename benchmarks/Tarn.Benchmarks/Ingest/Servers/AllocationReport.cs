using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Tarn.Benchmarks.Lakes;

namespace Tarn.Benchmarks.Ingest.Servers;

/// <summary>Bytes that a server has allocated on its heap since its start, garbage included.</summary>
internal static class AllocationReport
{
    private const string Metric = "dotnet_gc_heap_total_allocated_bytes_total";

    /// <summary>A server of this program: answers each line until standard input ends.</summary>
    public static async Task ServeAsync()
    {
        while (await Console.In.ReadLineAsync() is not null)
        {
            Console.WriteLine(GC.GetTotalAllocatedBytes(precise: true).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Asks such a server.</summary>
    public static async Task<long> AskAsync(TextWriter input, TextReader output)
    {
        await input.WriteLineAsync();
        await input.FlushAsync();
        return long.Parse((await output.ReadLineAsync())!, CultureInfo.InvariantCulture);
    }

    /// <summary>Asks Tarn's console.</summary>
    public static async Task<long> ScrapeAsync(Uri console)
    {
        using var http = new HttpClient();
        var key = $"{BenchmarkLake.Key.AccessKeyId}:{BenchmarkLake.Key.Secret}";
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(key)));
        var text = await http.GetStringAsync(new Uri(console, "/metrics"));
        var line = text.Split('\n').FirstOrDefault(line => line.StartsWith(Metric, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"no '{Metric}' at {console}metrics");
        return (long)double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
