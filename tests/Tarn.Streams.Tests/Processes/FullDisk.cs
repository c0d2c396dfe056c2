using System.Text;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Processes;

/// <summary>
/// What runs in the process that <see cref="FullDiskTests"/> starts with a small file system below its streams: fills
/// it, makes room, goes on, and reads everything back. It writes <see cref="Done"/> at its end.
/// </summary>
internal static class FullDisk
{
    public const string Name = "full-disk";
    public const string Done = "all acknowledged records are there";

    private const int RecordBytes = 20_000;
    private const int BallastBytes = 256 << 10;
    private const int FillCount = 3;

    public static async Task RunAsync(string directory)
    {
        var ballasts = Enumerable.Range(0, FillCount)
            .Select(i => Path.Combine(directory, "streams", $"ballast {i}")).ToList();
        ballasts.ForEach(path => File.WriteAllBytes(path, new byte[BallastBytes]));
        var stored = new List<string>();
        await using (var server = await Server.StartAsync(directory))
        {
            await server.Streams.CreateAsync(new StreamSpec { Name = "scores" }, CancellationToken.None);
            foreach (var ballast in ballasts)
            {
                var failed = await FillAsync(server.Streams, stored);
                Check(failed.Kind == ErrorKind.Unavailable, $"{failed}");
                Check((await FillAsync(server.Streams, stored)).Kind == ErrorKind.Unavailable, "it stays full");
                await ReadBackAsync(server.Streams, stored);
                File.Delete(ballast);
                Check(await PutAsync(server.Streams, stored) is null, "room is used again");
                await ReadBackAsync(server.Streams, stored);
            }
        }

        await using (var again = await Server.StartAsync(directory))
        {
            await ReadBackAsync(again.Streams, stored);
        }

        Console.WriteLine($"{stored.Count} records: {Done}");
    }

    private static async Task<AppendError> FillAsync(IStreams streams, List<string> stored)
    {
        while (true)
        {
            if (await PutAsync(streams, stored) is { } error)
            {
                return error;
            }
        }
    }

    private static async Task<AppendError?> PutAsync(IStreams streams, List<string> stored)
    {
        var text = $"{stored.Count} ".PadRight(RecordBytes, 'x');
        var outcomes = await streams.AppendAsync(
            "scores", [new StreamEntry("k"u8.ToArray(), Encoding.ASCII.GetBytes(text))], CancellationToken.None);
        if (outcomes[0].Error is null)
        {
            stored.Add(text);
        }

        return outcomes[0].Error;
    }

    private static async Task ReadBackAsync(IStreams streams, List<string> stored)
    {
        var batch = await streams.ReadAsync(
            "scores", Lake.Shard0, SequenceNumber.Zero, new ReadBounds(10_000, int.MaxValue), CancellationToken.None);
        Check(batch.Records.Select(Lake.Text).SequenceEqual(stored), $"{batch.Records.Count} of {stored.Count} read");
    }

    private static void Check(bool isTrue, string what)
    {
        if (!isTrue)
        {
            throw new InvalidOperationException(what);
        }
    }
}
