using AriDialer.Web.Features.Live;
using Microsoft.AspNetCore.Mvc;

namespace AriDialer.Web.Features.Dialing.Dock;

/// <summary>The phone: for signed-in people, and once a page, however many places ask for it.</summary>
public sealed class DockViewComponent(IConfiguration configuration) : ViewComponent
{
    private static readonly object AlreadyPlaced = new();

    public IViewComponentResult Invoke()
    {
        if (User.Identity?.IsAuthenticated != true || !HttpContext.Items.TryAdd(AlreadyPlaced, true))
        {
            return Content(string.Empty);
        }

        return View("/Features/Dialing/Dock/Dock.cshtml", new DockModel(
            configuration.GetValue<bool>("Demo:Enabled"), HttpContext.RequestServices.GetRequiredService<LiveReading>().MayRead(HttpContext.User)));
    }
}
