using System.Diagnostics.Metrics;
using Tarn.ContinuousQueries.Metrics;
using Tarn.Streams;

namespace Tarn.ContinuousQueries.Tests.Metrics;

public sealed class QueryInstrumentsTests
{
    private const string View = "measured_view";
    private const string Sink = "measured_sink";

    [Fact]
    public async Task Instruments_OfAView_TellWhatItIs()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.RunAsync($"CREATE MATERIALIZED VIEW {View} AS SELECT game, count(*) AS n FROM scores GROUP BY game");
        await lake.PutAsync("""{"game":"a"}""", """{"game":"b"}""", "broken", """{"game":"a"}""");
        await lake.CatchUpAsync(View);

        var running = Measure();
        await lake.Engine.PauseAsync(View, CancellationToken.None);
        var paused = Measure();

        Assert.Equal((3, 1, 0), (
            running["tarn.query.records"], running["tarn.query.bad_records"], running["tarn.query.late_records"]));
        Assert.Equal((2, 1), (running["tarn.query.groups"], running["tarn.query.running"]));
        Assert.True(running["tarn.query.state"] > 0);
        Assert.True(running["tarn.query.batches"] > 0);
        Assert.True(running["tarn.query.batch.time"] > 0);
        Assert.Equal(0, paused["tarn.query.running"]);
        Assert.DoesNotContain("tarn.query.watermark.delay", running.Keys);
    }

    [Fact]
    public async Task Instruments_OfASink_TellWhatHasLeft()
    {
        await using var lake = await Lake.OpenAsync();
        await lake.Streams.CreateAsync(new StreamSpec { Name = "out" }, CancellationToken.None);
        await lake.RunAsync($"CREATE MATERIALIZED VIEW {View} AS SELECT game, count(*) AS n FROM scores GROUP BY game");
        await lake.PutAsync("""{"game":"a"}""", """{"game":"b"}""");
        await lake.CatchUpAsync(View);
        await lake.RunAsync($"CREATE SINK {Sink} FROM {View} INTO STREAM 'out' FORMAT JSON");
        while (lake.Engine.ListSinks()[0].RecordsOut < 2)
        {
            await Task.Delay(20);
        }

        var running = Measure();
        await lake.Engine.PauseAsync(Sink, CancellationToken.None);
        var paused = Measure();

        Assert.Equal((2, 1), (running["tarn.sink.records"], running["tarn.sink.running"]));
        Assert.True(running["tarn.sink.lag"] >= 0);
        Assert.Equal(0, paused["tarn.sink.running"]);
    }

    private static Dictionary<string, double> Measure()
    {
        var measured = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == QueryInstruments.MeterName
                    && (instrument.Name.StartsWith("tarn.query.", StringComparison.Ordinal)
                        || instrument.Name.StartsWith("tarn.sink.", StringComparison.Ordinal)))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return measured;

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length == 1 && (View.Equals(tags[0].Value) || Sink.Equals(tags[0].Value)))
            {
                measured[instrument.Name] = value;
            }
        }
    }
}
