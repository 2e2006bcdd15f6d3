using AriDialer.Web.Data;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace AriDialer.Web.Features.Security;

/// <summary>What people see instead of a bare status: what happened and what to do next.</summary>
[AllowAnonymous]
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true)]
internal sealed class ErrorModel : PageModel
{
    public string Heading { get; private set; } = "";

    public string Advice { get; private set; } = "";

    public void OnGet(int? status) => Show(status);

    // A failed form is shown as well: the request is run again with its own method.
    public void OnPost(int? status) => Show(status);

    private void Show(int? status)
    {
        (Heading, Advice) = status switch
        {
            400 => ("This form is out of date", "Go back, reload the page and try again."),
            404 => ("There is nothing here", "The address is mistyped, or what was here is gone."),
            429 => ("Too many attempts", "Wait a minute, then try again."),
            >= 400 and < 500 => ("This did not work", "Go back and try it another way."),
            _ when HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error.IsDatabaseStuck() == true => (
                "The database cannot be written just now",
                "It is locked by another program, or its disk is full: tell whoever looks after this machine. Calls in progress go on, and their "
                + "history is kept. What you wanted was not done: try again in a moment."),
            _ => ("Something went wrong here", "It is not your fault, and it has been written down. Calls in progress go on. Try again in a moment."),
        };
        Response.StatusCode = status ?? StatusCodes.Status500InternalServerError;
    }
}
