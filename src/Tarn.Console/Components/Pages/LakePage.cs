using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Components.Pages;

/// <summary>A page over the lake as a whole, looked at again each second while the page is open.</summary>
public abstract class LakePage : ComponentBase, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource leaving = new();

    [Inject]
    private LakeWatch Watch { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private protected LakeGlance? Glance { get; private set; }

    private protected string? Fault { get; private set; }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override async Task OnInitializedAsync()
    {
        await LookAsync();
        _ = InvokeAsync(() => LookOnAsync(leaving.Token));
    }

    /// <summary>Called after each look, before the page is drawn again.</summary>
    private protected virtual void OnLooked(LakeGlance glance)
    {
    }

    private async Task LookOnAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await LookAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task LookAsync()
    {
        try
        {
            Glance = await Watch.LookAsync(leaving.Token);
            OnLooked(Glance);
            Fault = null;
        }
        catch (TarnException error)
        {
            Fault = error.Describe();
        }
    }
}
