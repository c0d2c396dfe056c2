using System.Diagnostics.Metrics;

namespace Tarn.Streams.Tests.Metrics;

/// <summary>Listens to one lake's meter as an exporter would.</summary>
internal sealed class Scrape : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly List<(string Name, double Value, string Tags)> _measured = [];

    public Scrape(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The values of one instrument now, by tags such as <c>stream=scores</c>.</summary>
    public Dictionary<string, double> Of(string name)
    {
        lock (_measured)
        {
            _measured.Clear();
        }

        _listener.RecordObservableInstruments();
        lock (_measured)
        {
            return _measured.Where(row => row.Name == name).ToDictionary(row => row.Tags, row => row.Value);
        }
    }

    /// <summary>What a histogram was told since the last look at an observable instrument.</summary>
    public List<double> Recorded(string name)
    {
        lock (_measured)
        {
            return [.. _measured.Where(row => row.Name == name).Select(row => row.Value)];
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
        lock (_measured)
        {
            _measured.Add((instrument.Name, value, text));
        }
    }
}
