namespace AriDialer.Web.Features.Demo;

/// <summary>A trial without a trunk (section <c>Demo</c>).</summary>
internal sealed class DemoOptions
{
    public bool Enabled { get; set; }
}
