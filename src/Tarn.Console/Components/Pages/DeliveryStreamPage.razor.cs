using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;
using Tarn.Delivery;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Components.Pages;

/// <summary>One delivery stream: how far it is, its settings, its shards, columns that it suggests.</summary>
public sealed partial class DeliveryStreamPage
{
    private const int LagsMax = 60;
    private static readonly TimeSpan FlushTimeMax = TimeSpan.FromSeconds(30);
    private readonly List<double> lags = [];

    [Parameter]
    public required string Name { get; set; }

    [Inject]
    private IDeliveryStreams Delivery { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private DeliveryStatus? Found => Glance?.Delivery.FirstOrDefault(status => status.Spec.Name == Name);

    /// <summary>The lag at each look of the last minute.</summary>
    private IReadOnlyList<double> Lags => lags;

    private bool IsFlushing { get; set; }

    private string? Flushed { get; set; }

    private string? FlushFault { get; set; }

    private protected override void OnLooked(LakeGlance glance)
    {
        if (Found is { } status)
        {
            lags.Add(status.LagMilliseconds);
            lags.RemoveRange(0, Math.Max(0, lags.Count - LagsMax));
        }
    }

    private async Task FlushAsync()
    {
        IsFlushing = true;
        FlushFault = Flushed = null;
        try
        {
            using var timeout = new CancellationTokenSource(FlushTimeMax, Clock);
            await Delivery.FlushAsync(Name, timeout.Token);
            Flushed = "Everything that was acknowledged is delivered.";
        }
        catch (TarnException error)
        {
            FlushFault = error.Describe();
        }
        catch (OperationCanceledException)
        {
            FlushFault = $"not everything was delivered within {Human.Duration(FlushTimeMax)}; it goes on";
        }
        finally
        {
            IsFlushing = false;
        }
    }
}
