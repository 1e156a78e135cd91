" A session of Vim with ALE: wait for what is found in the file that is open, write down the location list, apply the
" first fix where a language server offers one, and write down the text when nothing is found any more.

let s:found = []
let s:asked = 0
let s:ticks = 0

function! s:Finish(more) abort
  let l:version = matchstr(execute('version'), 'Vi IMproved \zs[0-9.]\+')
  call writefile([json_encode(extend({'version': l:version, 'found': s:found}, a:more))], $LAMBDALINT_TEST_OUT)
  qall!
endfunction

function! s:Look(timer) abort
  let s:ticks += 1
  if s:ticks > 300
    call s:Finish({'failed': execute('messages') . execute('ALEInfo')})
  elseif mode() is# 'c'
    call feedkeys("1\<CR>", 't')
  elseif empty(s:found)
    let s:found = getloclist(0)
  elseif $LAMBDALINT_TEST_FIXES is# ''
    call s:Finish({})
  elseif !s:asked
    let s:asked = 1
    call cursor(s:found[0].lnum, s:found[0].col)
    ALECodeAction
  elseif empty(getloclist(0))
    call s:Finish({'text': join(getline(1, '$'), "\n") . "\n"})
  endif
endfunction

call timer_start(100, function('s:Look'), {'repeat': -1})
