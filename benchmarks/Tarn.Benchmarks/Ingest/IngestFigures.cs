using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Ingest.Servers;

namespace Tarn.Benchmarks.Ingest;

/// <summary>The rounds of a run, and the tables of their medians.</summary>
internal sealed class IngestFigures
{
    private readonly Dictionary<(string Target, PutShape Shape, int Connections), List<PutRound>> _puts = [];
    private readonly Dictionary<string, List<ReadRound>> _reads = [];

    public void Add(Target target, PutShape shape, int connections, PutRound round) =>
        Rounds(_puts, (target.Name, shape, connections)).Add(round);

    public void Add(Target target, ReadRound round) => Rounds(_reads, target.Name).Add(round);

    public void Clear()
    {
        _puts.Clear();
        _reads.Clear();
    }

    public void PrintPuts(IReadOnlyList<Target> targets, IReadOnlyList<int> connectionCounts)
    {
        var table = new FigureTable(
            "PutRecords, 500 records of 118 bytes a request, 4 shards, signed",
            "target", "connections", "records/s", "p50 ms", "p99 ms", "server CPU ns/record", "allocated B/record",
            "tarn / this");
        foreach (var connections in connectionCounts)
        {
            var tarn = Median(_puts[(Targets.Tarn, PutShape.Usual, connections)], round => round.RecordsPerSecond);
            foreach (var target in targets)
            {
                table.Add([
                    target.Name,
                    $"{connections}",
                    .. Cells(_puts.GetValueOrDefault((target.Name, PutShape.Usual, connections)), tarn)]);
            }
        }

        table.Print();
    }

    public void PrintOthers(IReadOnlyList<Target> targets, int connections)
    {
        var table = new FigureTable(
            $"Other puts, {connections} connections, 4 shards, signed",
            "put", "target", "records/s", "p50 ms", "p99 ms", "server CPU ns/record", "allocated B/record",
            "tarn / this");
        foreach (var shape in PutShape.Others)
        {
            var tarn = Median(_puts[(Targets.Tarn, shape, connections)], round => round.RecordsPerSecond);
            foreach (var target in targets)
            {
                if (_puts.TryGetValue((target.Name, shape, connections), out var rounds))
                {
                    table.Add([$"{shape}", target.Name, .. Cells(rounds, tarn)]);
                }
            }
        }

        table.Print();
    }

    public void PrintReads()
    {
        var table = new FigureTable(
            "GetRecords of the whole stream, a connection per shard",
            "target", "records/s", "server CPU ns/record", "tarn / this");
        var tarn = Median(_reads[Targets.Tarn], round => round.RecordsPerSecond);
        foreach (var (target, rounds) in _reads)
        {
            var rate = Median(rounds, round => round.RecordsPerSecond);
            table.Add(
                target,
                FigureText.Rate(rate),
                FigureText.Number(Median(rounds, round => round.CpuNanoseconds)),
                FigureText.Ratio(tarn / rate));
        }

        table.Print();
    }

    private static string[] Cells(List<PutRound>? rounds, double tarn)
    {
        if (rounds is null)
        {
            return [$"no answer in {PutLoad.AnswerTimeMax.TotalSeconds} s", "-", "-", "-", "-", "-"];
        }

        var rate = Median(rounds, round => round.RecordsPerSecond);
        return
        [
            FigureText.Rate(rate),
            FigureText.Number(Median(rounds, round => round.P50)),
            FigureText.Number(Median(rounds, round => round.P99)),
            FigureText.Number(Median(rounds, round => round.CpuNanoseconds)),
            rounds[0].AllocatedBytes is null
                ? "-"
                : FigureText.Number(Median(rounds, round => round.AllocatedBytes!.Value)),
            FigureText.Ratio(tarn / rate),
        ];
    }

    private static double Median<TRound>(List<TRound> rounds, Func<TRound, double> figure) =>
        rounds.Select(figure).Median();

    private static List<TRound> Rounds<TKey, TRound>(Dictionary<TKey, List<TRound>> all, TKey key)
        where TKey : notnull
    {
        if (!all.TryGetValue(key, out var rounds))
        {
            all[key] = rounds = [];
        }

        return rounds;
    }
}
