using Tarn.Benchmarks.Figures;

namespace Tarn.Benchmarks.Objects;

/// <summary>The rounds of a run, and the table of their medians.</summary>
internal sealed class ObjectFigures
{
    private readonly Dictionary<(ObjectShape Shape, string Target), List<ObjectRound>> _rounds = [];

    public void Add(ObjectShape shape, IObjectTarget target, ObjectRound round)
    {
        if (!_rounds.TryGetValue((shape, target.Name), out var rounds))
        {
            _rounds[(shape, target.Name)] = rounds = [];
        }

        rounds.Add(round);
    }

    public void Print(IReadOnlyList<IObjectTarget> targets)
    {
        var table = new FigureTable(
            "Objects",
            "request", "size", "connections", "target", "requests/s", "MB/s", "p50 ms", "p99 ms",
            "server CPU µs/request", "tarn / this");
        foreach (var shape in ObjectShape.All)
        {
            foreach (var target in targets.Where(target => _rounds.ContainsKey((shape, target.Name))))
            {
                var rate = Median(shape, target, round => round.RequestsPerSecond);
                table.Add(
                    shape.Operation,
                    shape.Size,
                    $"{shape.Connections}",
                    target.Name,
                    FigureText.Number(rate),
                    FigureText.Number(rate * shape.Bytes / 1e6),
                    FigureText.Number(Median(shape, target, round => round.P50)),
                    FigureText.Number(Median(shape, target, round => round.P99)),
                    FigureText.Number(Median(shape, target, round => round.CpuMicroseconds)),
                    FigureText.Ratio(Median(shape, targets[0], round => round.RequestsPerSecond) / rate));
            }
        }

        table.Print();
    }

    private double Median(ObjectShape shape, IObjectTarget target, Func<ObjectRound, double> figure) =>
        _rounds[(shape, target.Name)].Select(figure).Median();
}
