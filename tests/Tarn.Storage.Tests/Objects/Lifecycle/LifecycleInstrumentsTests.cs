using System.Diagnostics.Metrics;
using Tarn.Storage.Objects.Lifecycle;

namespace Tarn.Storage.Tests.Objects.Lifecycle;

public sealed class LifecycleInstrumentsTests
{
    [Fact]
    public void WhatIsRemoved_IsCountedByBucket()
    {
        var counted = new SortedDictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == LifecycleInstruments.MeterName)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            // Other tests have runners with meters of the same name; the bucket is this test's own.
            if (tags[0].Value is "measured")
            {
                counted[instrument.Name] = counted.GetValueOrDefault(instrument.Name) + value;
            }
        });
        listener.Start();
        using var instruments = new LifecycleInstruments();
        var tally = new LifecycleTally();
        tally.AddObject();
        tally.AddObject();
        tally.AddUpload();

        instruments.Ran("measured", tally);
        instruments.Ran("measured", new LifecycleTally());
        instruments.Failed("measured");

        Assert.Equal(
            ["tarn.lifecycle.aborted.uploads 1", "tarn.lifecycle.expired.objects 2", "tarn.lifecycle.failures 1"],
            counted.Select(pair => $"{pair.Key} {pair.Value}"));
    }
}
