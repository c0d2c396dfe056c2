using System.Diagnostics;
using System.Globalization;
using Tarn.Benchmarks.Figures;

namespace Tarn.Benchmarks.Objects;

/// <summary>
/// Requests over several connections, each sending its next one when the last is answered, at least one. Puts go round
/// a ring of names, so that the disk holds a bounded part of them; what lies there at the end is counted.
/// </summary>
internal static class ObjectLoad
{
    private const int RingNames = 100;
    private const string GetName = "served/object";

    public static async Task<ObjectRound> RunAsync(IObjectTarget target, ObjectShape shape, TimeSpan duration)
    {
        var sessions = new List<IObjectSession>();
        try
        {
            for (var i = 0; i < shape.Connections; i++)
            {
                sessions.Add(await target.OpenAsync());
                foreach (var name in Names(shape, i))
                {
                    sessions[i].Prepare(shape, name);
                }
            }

            return shape.Operation == ObjectShape.Put
                ? await PutAsync(target, shape, sessions, duration)
                : await GetAsync(target, shape, sessions, duration);
        }
        finally
        {
            sessions.ForEach(session => session.Dispose());
        }
    }

    private static async Task<ObjectRound> GetAsync(
        IObjectTarget target, ObjectShape shape, List<IObjectSession> sessions, TimeSpan duration)
    {
        var put = shape with { Operation = ObjectShape.Put };
        using (var session = await target.OpenAsync())
        {
            session.Prepare(put, GetName);
            await session.PutAsync(put, GetName);
        }

        var (round, _) = await MeasureAsync(target, sessions, duration, async (session, _, _) =>
            Totals.MustEqual(shape.Bytes, await session.GetAsync(shape, GetName), $"{shape} of {target.Name}"));
        await target.ClearAsync("served");
        return round;
    }

    private static async Task<ObjectRound> PutAsync(
        IObjectTarget target, ObjectShape shape, List<IObjectSession> sessions, TimeSpan duration)
    {
        var names = sessions.Select((_, number) => Names(shape, number)).ToList();
        var (round, counts) = await MeasureAsync(
            target, sessions, duration, (session, number, i) =>
                session.PutAsync(shape, names[number][i % names[number].Count]));
        var expected = counts.Select((count, number) => Math.Min(count, names[number].Count)).Sum();
        var (objects, bytes) = await target.CountAsync("put");
        Totals.MustEqual(expected, objects, $"objects of {shape} at {target.Name}");
        Totals.MustEqual(expected * shape.Bytes, bytes, $"bytes of {shape} at {target.Name}");
        await target.ClearAsync("put");
        return round;
    }

    private static async Task<(ObjectRound Round, IReadOnlyList<int> Counts)> MeasureAsync(
        IObjectTarget target, List<IObjectSession> sessions, TimeSpan duration,
        Func<IObjectSession, int, int, Task> request)
    {
        var cpuBefore = target.CpuTime;
        var clock = Stopwatch.StartNew();
        var latencies = await Task.WhenAll(sessions.Select(async (session, number) =>
        {
            var own = new List<double>();
            do
            {
                var start = Stopwatch.GetTimestamp();
                await request(session, number, own.Count);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            while (clock.Elapsed < duration);
            return own;
        }));
        var elapsed = clock.Elapsed;
        var cpu = target.CpuTime - cpuBefore;
        var all = latencies.SelectMany(list => list).ToList();
        var round = new ObjectRound(
            all.Count / elapsed.TotalSeconds, all.Percentile(0.5), all.Percentile(0.99),
            cpu.TotalMicroseconds / all.Count);
        return (round, [.. latencies.Select(list => list.Count)]);
    }

    /// <summary>A few large ones: the ring of a connection holds no more than 1 GiB.</summary>
    private static List<string> Names(ObjectShape shape, int connection) => shape.Operation == ObjectShape.Get
        ? [GetName]
        : [.. Enumerable.Range(0, (int)Math.Clamp(ObjectShape.GiB / shape.Bytes, 1, RingNames))
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"put/{connection}/{i}"))];
}
