using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Console.Components.Pages;

/// <summary>Everything in the lake with its state, looked at again each second while the page is open.</summary>
public sealed partial class HomePage
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource leaving = new();

    [Inject]
    private LakeWatch Watch { get; set; } = null!;

    [Inject]
    private LakeIdentity Identity { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private LakeGlance? Glance { get; set; }

    private string? Fault { get; set; }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await LookAsync();
        _ = InvokeAsync(() => LookOnAsync(leaving.Token));
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
            Fault = null;
        }
        catch (TarnException error)
        {
            Fault = error.Describe();
        }
    }
}
