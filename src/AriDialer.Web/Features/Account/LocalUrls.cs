using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Account;

internal static class LocalUrls
{
    /// <summary>Back to where the person came from, but never to another site.</summary>
    public static IActionResult ReturnTo(this PageModel page, string? returnUrl) =>
        page.LocalRedirect(page.Url.IsLocalUrl(returnUrl) ? returnUrl! : "/");
}
