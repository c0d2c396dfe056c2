using Microsoft.AspNetCore.Components;
using Tarn.Primitives.Identity;

namespace Tarn.Console.Components.Pages;

/// <summary>Everything in the lake with its state.</summary>
public sealed partial class HomePage
{
    [Inject]
    private LakeIdentity Identity { get; set; } = null!;
}
